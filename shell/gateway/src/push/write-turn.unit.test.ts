import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { createWriteTurn } from './write-turn.ts';

const frames = ['one', 'two', 'three'].map((text) => Buffer.from(text));

it('writes once for all that comes in one turn of the event loop', async () => {
  const turn = createWriteTurn();
  let flushes = 0;
  const stream = { flush: () => void flushes++ };
  turn.add(stream);
  expect(flushes).toBe(0);
  await nextTurn();
  expect(flushes).toBe(1);
  await nextTurn();
  expect(flushes).toBe(1);
});

it('gives streams that were handed the same frames the same buffer, and others their own', () => {
  const turn = createWriteTurn();
  const joined = turn.join(frames);
  expect(String(joined)).toBe('onetwothree');
  expect(turn.join([...frames])).toBe(joined);
  expect(turn.join(frames.slice(0, 1))).toBe(frames[0]);
  expect(String(turn.join(frames.slice(1)))).toBe('twothree');
});
