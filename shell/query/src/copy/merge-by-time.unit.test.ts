import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Recorded } from '@souk/event-channel';
import { mergeByTime } from './merge-by-time.ts';

const recorded = (stream: string, position: number, time: string) =>
  ({ stream, position, event: { time } }) as Recorded;

async function* from(events: readonly Recorded[]): AsyncGenerator<Recorded> {
  yield* events;
}

it('brings every event of every stream once, each stream in its own order, and all by time where streams are', async () => {
  const streams = fc.array(fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 20 }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(streams, async (all) => {
      const sorted = all.map((times, index) =>
        times.toSorted((a, b) => a - b).map((time, at) => recorded(`s${index}`, at + 1, String(time).padStart(2, '0'))),
      );
      const merged: Recorded[] = [];
      for await (const each of mergeByTime(sorted.map(from))) merged.push(each);
      for (const [index, events] of sorted.entries()) {
        expect(merged.filter(({ stream }) => stream === `s${index}`)).toEqual(events);
      }
      const times = merged.map(({ event }) => event.time);
      expect(times).toEqual(times.toSorted());
    }),
  );
});

it('ends the readers when it is left early', async () => {
  let ended = 0;
  async function* endless(): AsyncGenerator<Recorded> {
    try {
      for (let n = 1; ; n += 1) yield recorded('s', n, String(n));
    } finally {
      ended += 1;
    }
  }
  for await (const { position } of mergeByTime([endless(), endless()])) if (position === 3) break;
  expect(ended).toBe(2);
});
