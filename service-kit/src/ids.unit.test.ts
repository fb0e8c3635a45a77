import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from './ids.ts';

describe('newId', () => {
  test('makes an id that is a subject token and needs no escaping in a URL', () => {
    expect(newId('o')).toMatch(/^o_[0-9a-hjkmnp-tv-z]{36}$/);
  });

  test('makes ids that sort by the time of making', () => {
    const time = fc.integer({ min: 0, max: 32 ** 9 });
    fc.assert(
      fc.property(time, time, (a, b) => {
        fc.pre(a < b);
        expect(newId('x', a) < newId('x', b)).toBe(true);
      }),
    );
  });

  test('never makes the same id twice in one millisecond', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => newId('x', 1)));
    expect(ids.size).toBe(10_000);
  });
});
