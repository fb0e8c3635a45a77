import { expect, it } from 'vitest';
import { absoluteOf, ageOf } from './ages.ts';

it.each([
  [-5_000, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [86_400_000, '1 d'],
  [400 * 86_400_000, '400 d'],
])('%i ms is an age of %s', (ms, text) => expect(ageOf(ms)).toBe(text));

it('a time is told to the millisecond, in the order of its parts', () => {
  const time = new Date(2026, 2, 1, 8, 5, 9, 7).toISOString();
  expect(absoluteOf(time)).toBe('2026-03-01 08:05:09.007');
});

it('what is no time is told as it is', () => expect(absoluteOf('yesterday')).toBe('yesterday'));
