import { expect, it } from 'vitest';
import { growthOf } from './growth.ts';

const sizes = [3, 10, 30, 100];
/** Visits that differ by up to two milliseconds, the slow half by much more. */
const visits = (of: (size: number) => number) =>
  new Map(sizes.map((size) => [size, Array.from({ length: 16 }, (_, n) => of(size) + (n % 2 === 0 ? n / 7 : 50 + n))]));

it('finds the slope of a straight line under visits that something else made slow', () => {
  const { perMfe, excess } = growthOf(visits((size) => 80 + 0.2 * size));
  expect(perMfe.value).toBeCloseTo(0.2, 5);
  expect(Math.abs(excess.value)).toBeLessThan(0.001);
});

it('tells a cost that grows with the square from one that grows with the number', () => {
  const { excess } = growthOf(visits((size) => 80 + 0.003 * size ** 2));
  expect(excess.value).toBeGreaterThan(2 * excess.error);
});

it('takes a cost that flattens as at most linear', () => {
  const { excess } = growthOf(visits((size) => 80 + 3 * Math.sqrt(size)));
  expect(excess.value).toBeLessThan(0);
});
