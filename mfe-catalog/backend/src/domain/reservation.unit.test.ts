import fc from 'fast-check';
import { expect, it } from 'vitest';
import { decideReservation, type StockLine } from './reservation.ts';

const shelf = (stock: Record<string, number>) => (sku: string) => stock[sku] ?? 0;

it('reserves what is there', () => {
  const decision = decideReservation([{ sku: 'vase', quantity: 2 }], shelf({ vase: 2 }));
  expect(decision).toEqual({ kind: 'reserved', lines: [{ sku: 'vase', quantity: 2 }] });
});

it('reserves nothing when one line is short, and names what is left', () => {
  const lines = [
    { sku: 'vase', quantity: 1 },
    { sku: 'bowl', quantity: 3 },
  ];
  expect(decideReservation(lines, shelf({ vase: 9, bowl: 2 }))).toEqual({
    kind: 'rejected',
    shortages: [{ sku: 'bowl', wanted: 3, available: 2 }],
  });
});

it('counts two lines of one SKU together', () => {
  const lines = [
    { sku: 'vase', quantity: 1 },
    { sku: 'vase', quantity: 1 },
  ];
  expect(decideReservation(lines, shelf({ vase: 1 })).kind).toBe('rejected');
});

it('never lets the shelf go below zero, whatever is asked in whatever order', () => {
  const sku = fc.constantFrom('a', 'b', 'c');
  const line: fc.Arbitrary<StockLine> = fc.record({ sku, quantity: fc.integer({ min: 1, max: 5 }) });
  fc.assert(
    fc.property(fc.array(fc.array(line, { minLength: 1, maxLength: 4 }), { maxLength: 30 }), (requests) => {
      const stock = new Map([
        ['a', 7],
        ['b', 3],
      ]);
      for (const lines of requests) {
        const decision = decideReservation(lines, (each) => stock.get(each) ?? 0);
        if (decision.kind === 'reserved')
          for (const { sku: each, quantity } of decision.lines) stock.set(each, (stock.get(each) ?? 0) - quantity);
      }
      return [...stock.values()].every((left) => left >= 0);
    }),
  );
});
