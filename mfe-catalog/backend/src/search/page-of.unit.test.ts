import fc from 'fast-check';
import { expect, it } from 'vitest';
import { pageOf } from './page-of.ts';

it('gives the page that sorting everything would give, whichever page it is', () => {
  const items = fc.uniqueArray(fc.nat(1000), { maxLength: 200 });
  fc.assert(
    fc.property(items, fc.nat(210), fc.nat(40), fc.integer({ min: 1, max: 9 }), (all, from, length, alike) => {
      // Many are alike but for their number, which decides.
      const keys = Float64Array.from({ length: 1001 }, (_, item) => item % alike);
      const sorted = all.toSorted((a, b) => keys[a]! - keys[b]! || a - b);
      const order = { keys, before: (a: number, b: number) => a < b };
      const page = pageOf(Uint32Array.from(all), { from, to: from + length }, order);
      expect(page).toEqual(sorted.slice(from, from + length));
    }),
  );
});
