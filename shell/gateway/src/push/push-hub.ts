import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { RateLimited } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import { mergeByPosition } from './merge-by-position.ts';
import { openPushStream } from './push-stream.ts';
import type { EndReason, PushLimits, PushStream } from './push-stream.ts';

/** Who listens, from where on. */
export interface Listener {
  /** Key of the session: its streams end with it. */
  readonly sessionId: string;
  /** Subjects whose messages this listener may hear. */
  readonly audiences: readonly string[];
  /** Position after which it wants messages; `undefined` = from now on. */
  readonly after: number | undefined;
}

/** Carries what the log holds on `push.>` to the browsers it is meant for. */
export interface PushHub {
  /**
   * Turns an answer into an event stream: what was missed first, then what comes, in order, nothing twice.
   * @throws {RateLimited} when the session has too many streams
   */
  connect(res: ServerResponse, listener: Listener): Promise<void>;
  /** Ends the streams of a session. */
  endSession(sessionId: string): void;
  /** Streams that are open. */
  readonly size: number;
  /** How many streams ended for which reason, since the start. */
  readonly ended: ReadonlyMap<EndReason, number>;
  close(): Promise<void>;
}

export interface PushHubOptions {
  readonly channel: EventChannel;
  readonly log: Logger;
  readonly limits: PushLimits;
}

interface Member {
  readonly listener: Listener;
  readonly stream: PushStream;
}

const tailRetryMs = 1_000;

/** One tail of the log for the whole process, whatever the number of streams. */
export const createPushHub = async ({ channel, log, limits }: PushHubOptions): Promise<PushHub> => {
  const bySubject = new Map<string, Set<Member>>();
  const bySession = new Map<string, Set<Member>>();
  const ended = new Map<EndReason, number>();
  const stop = new AbortController();
  let position = await channel.lastPosition('push');
  let size = 0;

  const deliver = (recorded: Recorded) => {
    position = recorded.position;
    const members = bySubject.get(recorded.subject);
    const data = members && browserEvent(recorded);
    if (data) for (const { stream } of members) stream.send(recorded.position, data);
  };
  const follow = async () => {
    while (!stop.signal.aborted) {
      try {
        for await (const recorded of channel.tail('push.>', position + 1, stop.signal)) deliver(recorded);
        return; // the channel closes
      } catch (err) {
        if (stop.signal.aborted) return;
        log.error({ err, position }, 'reading the push log failed, trying again');
        await delay(tailRetryMs, undefined, { signal: stop.signal }).catch(() => undefined);
      }
    }
  };
  const following = follow();

  const leave = (member: Member, reason: EndReason) => {
    for (const subject of member.listener.audiences) removeFrom(bySubject, subject, member);
    removeFrom(bySession, member.listener.sessionId, member);
    ended.set(reason, (ended.get(reason) ?? 0) + 1);
    size--;
  };

  /** Missed messages, in order, at the reader's pace; live ones wait in the stream's own queue meanwhile. */
  const catchUp = async ({ listener, stream }: Member, from: number, to: number) => {
    if (from < to) {
      const range = { from: from + 1, to };
      for await (const recorded of mergeByPosition(listener.audiences.map((subject) => channel.read(subject, range)))) {
        const data = browserEvent(recorded);
        if (data) await stream.replay(recorded.position, data);
      }
    }
    stream.goLive();
  };

  return {
    get size() {
      return size;
    },
    ended,
    async connect(res, listener) {
      if ((bySession.get(listener.sessionId)?.size ?? 0) >= limits.maxPerSession) {
        throw new RateLimited('too-many-streams', 'this browser has too many event streams', { retryAfterMs: 5_000 });
      }
      const end = listener.after === undefined ? position : await channel.lastPosition('push');
      if (res.destroyed) return;
      // No `await` from here to the registration: what the tail delivers after `position` was read reaches the stream.
      const from = listener.after ?? position;
      const isFuture = from > end;
      const to = position;
      const stream = openPushStream(res, Math.max(isFuture ? 0 : from, to), limits, (reason) => leave(member, reason));
      const member: Member = { listener, stream };
      for (const subject of listener.audiences) addTo(bySubject, subject, member);
      addTo(bySession, listener.sessionId, member);
      size++;
      if (stop.signal.aborted) return stream.end('shutdown');
      // A position that this log has never reached belongs to another log: what happened since is unknown.
      if (isFuture) stream.reset(to);
      try {
        await catchUp(member, isFuture ? to : from, to);
      } catch (err) {
        log.error({ err }, 'catching up failed');
        stream.end('failed');
      }
    },
    endSession(sessionId) {
      for (const { stream } of [...(bySession.get(sessionId) ?? [])]) stream.end('signed-out');
    },
    async close() {
      stop.abort();
      for (const members of [...bySession.values()]) for (const { stream } of [...members]) stream.end('shutdown');
      await following;
    },
  };
};

/** The part of a pushed event that goes to the browser, as JSON; `undefined` when it is not one. */
const browserEvent = ({ event }: Recorded): string | undefined => {
  if (event.type !== 'shell.browser-event.v1') return undefined;
  const { type, detail } = event.data as { type?: unknown; detail?: unknown };
  return typeof type === 'string' ? JSON.stringify({ type, detail: detail ?? {} }) : undefined;
};

const addTo = <Key, Item>(map: Map<Key, Set<Item>>, key: Key, item: Item): void => {
  const items = map.get(key) ?? new Set();
  map.set(key, items.add(item));
};

const removeFrom = <Key, Item>(map: Map<Key, Set<Item>>, key: Key, item: Item): void => {
  const items = map.get(key);
  items?.delete(item);
  if (items?.size === 0) map.delete(key);
};
