import type { EventChannel, Position, Recorded, SubjectFilter } from '@souk/event-channel';

/**
 * The events on matching subjects up to and with the first one that `wanted` accepts, however late it comes: waits for
 * what a reactor does without asking again and again. The test's own timeout ends it.
 * @param from first position to look at. @default 1
 */
export async function untilEvent(
  channel: EventChannel,
  filter: SubjectFilter,
  wanted: (recorded: Recorded) => boolean,
  from: Position = 1,
): Promise<Recorded[]> {
  const stop = new AbortController();
  const seen: Recorded[] = [];
  try {
    for await (const recorded of channel.tail(filter, from, stop.signal)) {
      seen.push(recorded);
      if (wanted(recorded)) return seen;
    }
  } finally {
    stop.abort();
  }
  throw new Error(`the channel closed before the wanted event came on "${filter}"`);
}
