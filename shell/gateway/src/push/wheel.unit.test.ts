import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createWheel } from './wheel.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('calls each member once a round, spread over it, and none that has left', () => {
  const called: number[] = [];
  const wheel = createWheel<number>(1_600, (member) => called.push(member));
  const members = Array.from({ length: 48 }, (_, index) => index);
  for (const member of members) wheel.add(member);
  vi.advanceTimersByTime(100);
  expect(called).toHaveLength(3);
  vi.advanceTimersByTime(1_500);
  expect(called.toSorted((a, b) => a - b)).toEqual(members);

  wheel.delete(7);
  called.length = 0;
  vi.advanceTimersByTime(1_600);
  expect(called.toSorted((a, b) => a - b)).toEqual(members.filter((member) => member !== 7));
  wheel.close();
  called.length = 0;
  vi.advanceTimersByTime(1_600);
  expect(called).toEqual([]);
});
