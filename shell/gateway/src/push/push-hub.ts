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
import { spreadMs } from './push-limits.ts';
import type { PushLimits } from './push-limits.ts';
import { openPushStream } from './push-stream.ts';
import type { EndReason, PushStream } from './push-stream.ts';
import { addTo, removeFrom } from './sets-by-key.ts';
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

/** Counts since the start of the process. */
export interface PushCounts {
  opened: number;
  /** Messages written to streams: one for each stream that heard it. */
  sent: number;
  /** Of these, messages that had been missed. */
  replayed: number;
  resets: number;
  /** Times the log was read anew because it had grown without a word. */
  gaps: number;
}

export interface PushHubOptions {
  readonly channel: EventChannel;
  readonly log: Logger;
  readonly limits: PushLimits;
}

interface Member {
  readonly sessionId: string;
  /** Subjects whose live messages reach it: none before it has caught up. */
  live: Set<Subject> | undefined;
  readonly stream: PushStream;
  readonly bornMs: number;
}

interface SessionEntry {
  readonly members: Set<Member>;
  readonly isOpen: Listener['isOpen'];
}

const sessionEnded = 'shell.push.session-ended';
const sessionCheckMs = 500;

/** One reading of the log for the whole process, whatever the number of streams. */
export const createPushHub = async ({ channel, log, limits }: PushHubOptions): Promise<PushHub> => {
  const bySubject = new Map<Subject, Set<Member>>();
  const bySession = new Map<string, SessionEntry>();
  const ended = new Map<EndReason, number>();
  const counts: PushCounts = { opened: 0, sent: 0, replayed: 0, resets: 0, gaps: 0 };
  const turn = createWriteTurn();
  let size = 0;
  let isClosed = false;
  let epoch = await epochOf(channel);

  const deliver = (recorded: Recorded) => {
    const { position, subject } = recorded;
    const members = bySubject.get(subject);
    const json = members && browserEvent(recorded);
    if (json !== undefined) {
      const frame = messageFrame(position, json);
      for (const { stream } of members ?? []) stream.send(position, frame);
      counts.sent += members?.size ?? 0;
    }
    const change = subject.startsWith('push.membership.') ? membershipIn(recorded) : undefined;
    if (change) joinOrLeave(subject, change.subject, change.joined);
    const newEpoch = epochIn(recorded);
    if (newEpoch !== undefined && newEpoch !== epoch) {
      epoch = newEpoch;
      for (const { members: all } of bySession.values()) for (const member of all) reset(member, position);
    }
  };
  const joinOrLeave = (membership: Subject, subject: Subject, joined: boolean) => {
    const sessionId = membership.slice(membershipSubject('').length);
    for (const member of bySession.get(sessionId)?.members ?? []) {
      if (!member.live) continue; // it reads this itself as it catches up
      if (joined) addTo(bySubject, subject, member);
      else removeFrom(bySubject, subject, member);
      if (joined) member.live.add(subject);
      else member.live.delete(subject);
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
    for (const [sessionId, { isOpen }] of bySession) if (isOpen?.() === false) endHere(sessionId);
  }, sessionCheckMs);
  gapCheck.unref();
  sessionCheck.unref();

  const endHere = (sessionId: string) => {
    for (const { stream } of [...(bySession.get(sessionId)?.members ?? [])]) stream.end('session-over');
  };
  const elsewhere = channel.subscribe(sessionEnded, ({ data }) => {
    const { sessionId } = data as { sessionId?: unknown };
    if (typeof sessionId === 'string') endHere(sessionId);
  });

  const enter = (res: ServerResponse, { sessionId, isOpen }: Listener, cursor: Position): Member => {
    const stream = openPushStream(takeOver(res), cursor, {
      turn,
      maxBacklogBytes: limits.maxBacklogBytes,
      retryMs: limits.retryMs + Math.random() * spreadMs(size + 1, limits),
      onEnd: (reason) => leave(member, reason),
    });
    const member: Member = { sessionId, live: undefined, stream, bornMs: Date.now() };
    const entry = bySession.get(sessionId) ?? { members: new Set(), isOpen };
    bySession.set(sessionId, entry);
    entry.members.add(member);
    wheel.add(member);
    size++;
    counts.opened++;
    return member;
  };
  const leave = (member: Member, reason: EndReason) => {
    for (const subject of member.live ?? []) removeFrom(bySubject, subject, member);
    const members = bySession.get(member.sessionId)?.members;
    members?.delete(member);
    if (members?.size === 0) bySession.delete(member.sessionId);
    wheel.delete(member);
    ended.set(reason, (ended.get(reason) ?? 0) + 1);
    size--;
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
      member.live = new Set([
        ...subjects,
        ...memberships.flatMap(({ subject, to: end }) => (end === Infinity ? subject : [])),
      ]);
      for (const subject of member.live) addTo(bySubject, subject, member);
      return;
    }
  };

  return {
    get epoch() {
      return epoch;
    },
    get size() {
      return size;
    },
    counts,
    ended,
    async connect(res, listener) {
      if ((bySession.get(listener.sessionId)?.members.size ?? 0) >= limits.maxPerSession) {
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
      const open = [...bySession.values()].flatMap(({ members }) => [...members]);
      // Each comes back in a part of the time of its own, so that the next process is not run over.
      const stepMs = spreadMs(open.length, limits) / Math.max(1, open.length);
      open.forEach(({ stream }, index) => stream.end('shutdown', limits.retryMs + (index + Math.random()) * stepMs));
      await elsewhere.close();
      await follower.close();
    },
  };
};
