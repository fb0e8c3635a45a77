import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Row } from '../http/query.ts';
import { chartOf, ticksOf } from './chart-data.ts';

const answer = (names: string, ...rows: Row[]) => ({
  columns: names.split(' ').map((name) => ({ name, type: 'any' as const })),
  rows,
});
const [eight, nine] = ['2026-03-01T08:00:00.000Z', '2026-03-01T09:00:00.000Z'];

describe('a time chart', () => {
  it('has a line for each column of numbers, in the order of time', () => {
    expect(chartOf(answer('time n m', [nine, 2, 5], [eight, 1, null]), 'timechart')).toEqual({
      kind: 'timechart',
      series: [
        {
          name: 'n',
          points: [
            [Date.parse(eight), 1],
            [Date.parse(nine), 2],
          ],
        },
        { name: 'm', points: [[Date.parse(nine), 5]] },
      ],
    });
  });

  it('has a line for each text of another column', () => {
    const chart = chartOf(
      answer('time stream n', [eight, 'cart', 1], [eight, null, 2], [nine, 'cart', 3]),
      'timechart',
    );
    expect(chart).toMatchObject({
      series: [
        { name: 'cart', points: [{}, {}] },
        { name: '(none)', points: [{}] },
      ],
    });
  });

  it.each([
    ['no times', answer('type n', ['a', 1])],
    ['no numbers', answer('time type', [eight, 'a'])],
    ['no rows', answer('time n')],
  ])('says what is missing when there are %s', (_what, without) => {
    expect(chartOf(without, 'timechart')).toEqual(expect.any(String));
  });
});

describe('a bar chart', () => {
  it('has a bar for each row, named by the first column that is no number', () => {
    expect(chartOf(answer('n type m', [1, 'a', 2], [3, null, 4]), 'barchart')).toEqual({
      kind: 'barchart',
      series: ['n', 'm'],
      bars: [
        { name: 'a', values: [1, 2] },
        { name: '(none)', values: [3, 4] },
      ],
    });
  });

  it('is named by the first column when all are numbers', () => {
    expect(chartOf(answer('hour n', [8, 20]), 'barchart')).toMatchObject({ bars: [{ name: '8', values: [20] }] });
  });

  it('needs names and numbers', () => expect(chartOf(answer('type', ['a']), 'barchart')).toEqual(expect.any(String)));
});

it('the steps of an axis are few, rise evenly, and hold zero and every value', () => {
  const value = fc.double({ min: -1e9, max: 1e9, noNaN: true }).filter((n) => n === 0 || Math.abs(n) > 1e-6);
  fc.assert(
    fc.property(value, value, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)];
      const ticks = ticksOf(low, high, 4);
      expect(ticks.length).toBeLessThanOrEqual(8);
      expect(ticks[0]).toBeLessThanOrEqual(Math.min(0, low));
      expect(ticks.at(-1)).toBeGreaterThanOrEqual(Math.max(0, high));
      expect(ticks).toContain(0);
    }),
  );
});
