import type { Recorded } from '@souk/event-channel';

/** Several ordered readings of one stream as one, in order of position. */
export async function* mergeByPosition(readings: readonly AsyncIterable<Recorded>[]): AsyncGenerator<Recorded> {
  const iterators = readings.map((reading) => reading[Symbol.asyncIterator]());
  try {
    const heads = await Promise.all(iterators.map((iterator) => iterator.next()));
    for (;;) {
      const next = heads.reduce<number>((best, head, index) => {
        if (head.done) return best;
        const other = heads[best];
        return !other || other.done || head.value.position < other.value.position ? index : best;
      }, -1);
      const head = heads[next];
      const iterator = iterators[next];
      if (!head || head.done || !iterator) return;
      yield head.value;
      heads[next] = await iterator.next();
    }
  } finally {
    for (const iterator of iterators) await iterator.return?.();
  }
}
