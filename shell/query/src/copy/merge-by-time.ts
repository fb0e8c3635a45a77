import type { Recorded } from '@souk/event-channel';

/**
 * Several streams as one, by the times of their events; each keeps its own order. Close to the order in which things
 * happened, which nobody has written down.
 */
export async function* mergeByTime(streams: readonly AsyncIterable<Recorded>[]): AsyncGenerator<Recorded> {
  const readers = streams.map((stream) => stream[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(readers.map((reader) => reader.next()));
    for (;;) {
      let first: number | undefined;
      for (const [index, { done, value }] of heads.entries()) {
        const earliest = first === undefined ? undefined : (heads[first]?.value as Recorded);
        if (!done && (earliest === undefined || value.event.time < earliest.event.time)) first = index;
      }
      if (first === undefined) return;
      yield heads[first]!.value as Recorded;
      heads[first] = await readers[first]!.next();
    }
  } finally {
    await Promise.all(readers.map(async (reader) => reader.return?.()));
  }
}
