import type { ServerResponse } from 'node:http';
import type { EventChannel, Position, Recorded, Subject } from '@souk/event-channel';
import { RateLimited } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import { membershipIn, membershipsOf, membershipSubject } from './audiences.ts';
import { canResume, missed } from './catch-up.ts';
import { epochIn, epochOf } from './epoch.ts';
import { browserEvent } from './browser-event.ts';
import { followLog } from './follow-log.ts';
import { messageFrame, resetFrame } from './frames.ts';
import { createMembers } from './members.ts';
import type { Member } from './members.ts';
import { carryNow } from './now.ts';
import type { PushCounts } from './push-counts.ts';
import { spreadMs } from './push-limits.ts';
import type { PushLimits } from './push-limits.ts';
import { openPushStream } from './push-stream.ts';
import type { EndReason } from './push-stream.ts';
import { takeOver } from './take-over.ts';
import { createWheel } from './wheel.ts';
import { createWriteTurn } from './write-turn.ts';

/** Who listens, from where on. */
export interface Listener {
  /** Public name of the session: its streams end with it. */
  readonly sessionId: string;
  /** Subjects that this listener may hear by itself; what its session has joined comes on top. */
  readonly subjects: readonly Subject[];
  /** Position after which it wants messages; `undefined` = from now on. */
  readonly after: Position | undefined;
  /** The log that `after` comes from; `undefined` = this one. */
  readonly epoch?: string | undefined;
  /** Asked now and then, for a session that may end without a word; `undefined` = it never does. */
  readonly isOpen?: (() => boolean) | undefined;
}

/** Carries what the log holds on `push.>` to the browsers it is meant for. */
export interface PushHub {
  /** Name of the log that positions count in. */
  readonly epoch: string;
  /**
   * Turns an answer into an event stream: what was missed first, then what comes, in order, nothing twice.
   * @throws {RateLimited} when the session has too many streams
   */
  connect(res: ServerResponse, listener: Listener): Promise<void>;
  /** Ends the streams of a session, here and in every other process on this channel. */
  endSession(sessionId: string): void;
  /** Streams that are open. */
  readonly size: number;
  /** What happened since the start. */
  readonly counts: PushCounts;
  /** How many streams ended for which reason, since the start. */
  readonly ended: ReadonlyMap<EndReason, number>;
  close(): Promise<void>;
}

export interface PushHubOptions {
  readonly channel: EventChannel;
  readonly log: Logger;
  readonly limits: PushLimits;
}

const sessionEnded = 'shell.push.session-ended';
const sessionCheckMs = 500;

/** One reading of the log for the whole process, whatever the number of streams. */
export const createPushHub = async ({ channel, log, limits }: PushHubOptions): Promise<PushHub> => {
  const members = createMembers();
  const counts: PushCounts = { opened: 0, sent: 0, replayed: 0, resets: 0, gaps: 0, now: 0, nowDropped: 0 };
  const turn = createWriteTurn();
  let isClosed = false;
  let epoch = await epochOf(channel);

  const deliver = (recorded: Recorded) => {
    const { position, subject } = recorded;
    const hearing = members.hearing(subject);
    const json = hearing && browserEvent(recorded);
    if (json !== undefined) {
      const frame = messageFrame(position, json);
      for (const { stream } of hearing ?? []) stream.send(position, frame);
      counts.sent += hearing?.size ?? 0;
    }
    const change = subject.startsWith('push.membership.') ? membershipIn(recorded) : undefined;
    if (change) members.joinOrLeave(subject.slice(membershipSubject('').length), change);
    const newEpoch = epochIn(recorded);
    if (newEpoch !== undefined && newEpoch !== epoch) {
      epoch = newEpoch;
      for (const member of members.all()) reset(member, position);
    }
  };
  const follower = followLog({ channel, from: await channel.lastPosition('push'), deliver, log });

  const wheel = createWheel<Member>(limits.beatMs, (member) => {
    const { stream, live, bornMs } = member;
    // Its time is up: it comes back at once, perhaps to where there is more room.
    if (Date.now() - bornMs > limits.maxAgeMs * (1 + Math.random() / 10)) stream.end('age', Math.random() * 100);
    else stream.beat(live ? follower.position : stream.cursor);
  });
  const gapCheck = setInterval(() => {
    const checked = follower.checkGap().then((found) => void (counts.gaps += Number(found)));
    checked.catch((err: unknown) => log.error({ err }, 'the end of the push log is not to be had'));
  }, limits.beatMs / 3);
  const sessionCheck = setInterval(() => {
    for (const sessionId of members.over()) endHere(sessionId);
  }, sessionCheckMs);
  gapCheck.unref();
  sessionCheck.unref();

  const endHere = (sessionId: string) => {
    for (const { stream } of members.ofSession(sessionId)) stream.end('session-over');
  };
  const elsewhere = channel.subscribe(sessionEnded, ({ data }) => {
    const { sessionId } = data as { sessionId?: unknown };
    if (typeof sessionId === 'string') endHere(sessionId);
  });
  const now = carryNow({ channel, members, counts });

  const enter = (res: ServerResponse, { sessionId, isOpen }: Listener, cursor: Position): Member => {
    const stream = openPushStream(takeOver(res), cursor, {
      turn,
      maxBacklogBytes: limits.maxBacklogBytes,
      retryMs: limits.retryMs + Math.random() * spreadMs(members.size + 1, limits),
      onEnd: (reason) => leave(member, reason),
    });
    const member: Member = { sessionId, live: undefined, stream, bornMs: Date.now() };
    members.add(member, isOpen);
    wheel.add(member);
    counts.opened++;
    return member;
  };
  const leave = (member: Member, reason: EndReason) => {
    members.remove(member, reason);
    wheel.delete(member);
  };
  const reset = ({ stream }: Member, position: Position) => {
    stream.restart(position, resetFrame(position, epoch));
    counts.resets++;
  };

  /** Hands over what was missed, at the reader's pace, until nothing is left; from then on it hears what comes. */
  const catchUp = async (member: Member, { sessionId, subjects }: Listener) => {
    const { stream } = member;
    let count = 0;
    while (!stream.isEnded) {
      const to = follower.position;
      const memberships = await membershipsOf(channel, sessionId, to);
      const always = subjects.map((subject) => ({ subject, after: 0, to: Infinity }));
      for await (const recorded of missed(channel, [...always, ...memberships], stream.cursor, to)) {
        const json = browserEvent(recorded);
        if (json === undefined) continue;
        if (++count > limits.maxReplay) break;
        stream.send(recorded.position, messageFrame(recorded.position, json));
        counts.sent++;
        counts.replayed++;
        await stream.hasRoom();
        if (stream.isEnded) return;
      }
      if (count > limits.maxReplay) {
        count = 0;
        reset(member, to);
      }
      stream.skipTo(to);
      // No `await` between this look and the registration, so nothing falls in between.
      if (stream.isEnded || to !== follower.position) continue;
      const joined = memberships.flatMap(({ subject, to: end }) => (end === Infinity ? subject : []));
      return members.goLive(member, [...subjects, ...joined]);
    }
  };

  return {
    get epoch() {
      return epoch;
    },
    get size() {
      return members.size;
    },
    counts,
    ended: members.ended,
    async connect(res, listener) {
      if (members.ofSession(listener.sessionId).length >= limits.maxPerSession) {
        throw new RateLimited('too-many-streams', 'this browser has too many event streams', { retryAfterMs: 5_000 });
      }
      const { after } = listener;
      const isOurs = listener.epoch === undefined || listener.epoch === epoch;
      const resumes = after === undefined || (isOurs && (await canResume(channel, after)));
      if (res.destroyed) return;
      const member = enter(res, listener, resumes && after !== undefined ? after : follower.position);
      if (isClosed) return member.stream.end('shutdown');
      if (!resumes) reset(member, follower.position);
      try {
        await catchUp(member, listener);
      } catch (err) {
        log.error({ err }, 'catching up failed');
        member.stream.end('failed');
      }
    },
    endSession(sessionId) {
      endHere(sessionId);
      channel.publish(sessionEnded, { data: { sessionId } });
    },
    async close() {
      isClosed = true;
      clearInterval(gapCheck);
      clearInterval(sessionCheck);
      wheel.close();
      const open = members.all();
      // Each comes back in a part of the time of its own, so that the next process is not run over.
      const stepMs = spreadMs(open.length, limits) / Math.max(1, open.length);
      open.forEach(({ stream }, index) => stream.end('shutdown', limits.retryMs + (index + Math.random()) * stepMs));
      await Promise.all([elsewhere.close(), now.close()]);
      await follower.close();
    },
  };
};
