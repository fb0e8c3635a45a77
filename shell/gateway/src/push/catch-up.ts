import type { EventChannel, Position, Recorded } from '@souk/event-channel';
import type { Hearing } from './audiences.ts';
import { mergeByPosition } from './merge-by-position.ts';

/** What a reader has missed of all that it may hear, in order of position. */
export const missed = (
  channel: EventChannel,
  hearings: readonly Hearing[],
  after: Position,
  to: Position,
): AsyncGenerator<Recorded> => {
  const ranges = hearings
    .map((hearing) => ({
      subject: hearing.subject,
      from: Math.max(after, hearing.after) + 1,
      to: Math.min(to, hearing.to),
    }))
    .filter((range) => range.from <= range.to);
  return mergeByPosition(ranges.map(({ subject, ...range }) => channel.read(subject, range)));
};

/**
 * Whether what came after `position` is still there: positions count in the log that they come from, and only as far
 * back as it is kept. `0` is before everything that there is.
 */
export const canResume = async (channel: EventChannel, position: Position): Promise<boolean> => {
  if (position === 0) return true;
  for await (const _ of channel.read('push.>', { from: position, to: position })) return true;
  return false;
};
