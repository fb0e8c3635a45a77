import fc from 'fast-check';
import { expect, test } from 'vitest';
import { freeShippingFromCents, totalsOf } from './totals.ts';

const line = fc.record({ quantity: fc.integer({ min: 1, max: 99 }), unitPriceCents: fc.integer({ min: 0, max: 1e6 }) });

test('the total is the sum of the lines and the delivery, whatever is in the cart', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 50 }), (lines) => {
      const { subtotalCents, shippingCents, totalCents } = totalsOf(lines);
      let sum = 0;
      for (const { quantity, unitPriceCents } of lines) sum += quantity * unitPriceCents;
      expect(subtotalCents).toBe(sum);
      expect(totalCents).toBe(sum + shippingCents);
    }),
  );
});

test('the VAT is a whole number of cents and 19 % of the net price, to half a cent', () => {
  fc.assert(
    fc.property(fc.array(line, { maxLength: 50 }), (lines) => {
      const { taxCents, totalCents } = totalsOf(lines);
      expect(Number.isInteger(taxCents)).toBe(true);
      expect(Math.abs(taxCents * 119 - totalCents * 19)).toBeLessThanOrEqual(119 / 2);
    }),
  );
});

test('the order of the lines does not change the totals', () => {
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(totalsOf(lines.toReversed())).toEqual(totalsOf(lines));
    }),
  );
});

test.each([
  [0, 0],
  [1, 590],
  [freeShippingFromCents - 1, 590],
  [freeShippingFromCents, 0],
])('a subtotal of %i cents costs %i cents of delivery', (unitPriceCents, shippingCents) => {
  expect(totalsOf([{ quantity: 1, unitPriceCents }]).shippingCents).toBe(shippingCents);
});
