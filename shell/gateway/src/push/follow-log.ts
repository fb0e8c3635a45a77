import { setTimeout as delay } from 'node:timers/promises';
import type { EventChannel, Position, Recorded } from '@souk/event-channel';
import type { Logger } from '@souk/service-kit';

/** Reads the log of pushed messages as it grows, and finds out when it has stopped hearing of it. */
export interface LogFollower {
  /** Everything up to here was delivered. */
  readonly position: Position;
  /**
   * Looks whether the log has grown without a word since the last call: then it is read anew from where it was left.
   * @returns whether that was so
   */
  checkGap(): Promise<boolean>;
  close(): Promise<void>;
}

export interface FollowLogOptions {
  readonly channel: EventChannel;
  readonly from: Position;
  readonly deliver: (recorded: Recorded) => void;
  readonly log: Logger;
}

const retryMs = 1_000;

/** One reading for the whole process, whatever the number of streams. */
export const followLog = ({ channel, from, deliver, log }: FollowLogOptions): LogFollower => {
  let position = from;
  let reading = new AbortController();
  /** What the log ended with, and where we were, when last looked at. */
  let seen: { readonly end: Position; readonly at: Position } | undefined;

  const read = async (signal: AbortSignal) => {
    for await (const recorded of channel.tail('push.>', position + 1, signal)) {
      if (signal.aborted) return;
      if (recorded.position <= position) continue;
      position = recorded.position;
      deliver(recorded);
    }
  };
  const follow = async (signal: AbortSignal) => {
    while (!signal.aborted) {
      try {
        return await read(signal);
      } catch (err) {
        if (signal.aborted) return;
        log.error({ err, position }, 'reading the push log failed, trying again');
        await delay(retryMs, undefined, { signal }).catch(() => undefined);
      }
    }
  };
  let following = follow(reading.signal);

  return {
    get position() {
      return position;
    },
    async checkGap() {
      const end = await channel.lastPosition('push');
      const isStuck = seen?.at === position && position < seen.end && !reading.signal.aborted;
      seen = isStuck ? undefined : { end, at: position };
      if (!isStuck) return false;
      log.error({ position, end }, 'the push log has grown without a word, reading it anew');
      reading.abort();
      reading = new AbortController();
      following = follow(reading.signal);
      return true;
    },
    async close() {
      reading.abort();
      await following;
    },
  };
};
