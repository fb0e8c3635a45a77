import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decideCart,
  decideHandOver,
  decideTakeIn,
  emptyCart,
  evolveCart,
  maxLines,
  maxQuantity,
  quantityOf,
} from './cart.ts';
import type { CartCommand, CartState } from './cart.ts';
import { RuleBroken } from './rule-broken.ts';

const plenty = 1_000_000;
const sku = fc.constantFrom('A', 'B', 'C', 'D');
const command: fc.Arbitrary<CartCommand> = fc.record({
  type: fc.constantFrom('add-item', 'set-quantity'),
  sku,
  quantity: fc.integer({ min: -2, max: 110 }),
  available: fc.integer({ min: 0, max: 120 }),
});

function run(cart: CartState, step: CartCommand): CartState {
  try {
    return decideCart('c', step, cart).reduce(evolveCart, cart);
  } catch (error) {
    if (error instanceof RuleBroken) return cart;
    throw error;
  }
}

const refusal = (step: CartCommand, cart: CartState = emptyCart): unknown => {
  try {
    return decideCart('c', step, cart);
  } catch (error) {
    return error instanceof RuleBroken ? [error.code, error.details] : error;
  }
};

test('whatever is asked for, every line holds 1 to 99 pieces and no product stands twice', () => {
  fc.assert(
    fc.property(fc.array(command), (steps) => {
      const { lines } = steps.reduce(run, emptyCart);
      expect(lines.every(({ quantity }) => quantity >= 1 && quantity <= maxQuantity)).toBe(true);
      expect(new Set(lines.map((line) => line.sku)).size).toBe(lines.length);
    }),
  );
});

test('adding something and removing it leaves the cart as it was', () => {
  fc.assert(
    fc.property(fc.array(command), fc.integer({ min: 1, max: maxQuantity }), (steps, quantity) => {
      const before = steps.reduce(run, emptyCart);
      const added = run(before, { type: 'add-item', sku: 'new', quantity, available: plenty });
      expect(quantityOf(added, 'new')).toBe(quantity);
      expect(run(added, { type: 'set-quantity', sku: 'new', quantity: 0, available: 0 })).toEqual(before);
    }),
  );
});

test('setting a quantity twice is the same as once, and the second time nothing happens', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: maxQuantity }), (quantity) => {
      const step = { type: 'set-quantity', sku: 'A', quantity, available: plenty } as const;
      expect(decideCart('c', step, run(emptyCart, step))).toEqual([]);
    }),
  );
});

test('what was bought leaves the cart, and what was added meanwhile stays', () => {
  const cart = run(run(emptyCart, { type: 'add-item', sku: 'A', quantity: 5, available: plenty }), {
    ...{ type: 'add-item', sku: 'B', quantity: 1, available: plenty },
  });
  const bought = {
    cartId: 'c',
    orderId: 'o',
    lines: [
      { sku: 'A', quantity: 3 },
      { sku: 'gone', quantity: 9 },
    ],
  };
  const after = evolveCart(cart, { type: 'cart.checked-out.v1', data: bought });
  expect(after.lines).toEqual([
    { sku: 'A', quantity: 2 },
    { sku: 'B', quantity: 1 },
  ]);
});

test('more than there is cannot be added, but less can always be kept', () => {
  expect(refusal({ type: 'add-item', sku: 'A', quantity: 3, available: 2 })).toEqual([
    'not-enough-stock',
    { sku: 'A', available: 2 },
  ]);
  const five = run(emptyCart, { type: 'add-item', sku: 'A', quantity: 5, available: 5 });
  expect(quantityOf(run(five, { type: 'set-quantity', sku: 'A', quantity: 4, available: 0 }), 'A')).toBe(4);
});

test('a cart holds so many different products and no more', () => {
  const fill = (cart: CartState, index: number) =>
    run(cart, { type: 'add-item', sku: `s${index}`, quantity: 1, available: 1 });
  const full = Array.from({ length: maxLines }, (_, index) => index).reduce(fill, emptyCart);
  expect(full.lines).toHaveLength(maxLines);
  expect(refusal({ type: 'add-item', sku: 'A', quantity: 1, available: 1 }, full)).toEqual(['cart-full', {}]);
  expect(quantityOf(run(full, { type: 'add-item', sku: 's0', quantity: 1, available: 9 }), 's0')).toBe(2);
});

const carts = fc.uniqueArray(fc.record({ sku, quantity: fc.integer({ min: 1, max: 99 }) }), { selector: (l) => l.sku });

test('two carts become one with nothing lost: every line is in it, as many as both had where stock and maximum allow', () => {
  fc.assert(
    fc.property(carts, carts, fc.integer({ min: 0, max: 250 }), (guests, customers, stock) => {
      const guest: CartState = { lines: guests };
      const customer: CartState = { lines: customers };
      const [handed] = decideHandOver('c_guest', 'c_customer', guest);
      if (handed?.type !== 'cart.handed-over.v1') throw new Error('nothing was handed over');
      const from = { fromCartId: 'c_guest', handOverId: 'e_1', lines: handed.data.lines };
      const taken = decideTakeIn('c_customer', from, () => stock, customer);
      const merged = evolveCart(customer, taken);
      expect(evolveCart(guest, handed).lines).toEqual([]);
      for (const each of ['A', 'B', 'C', 'D']) {
        const [theirs, mine, now] = [guest, customer, merged].map((cart) => quantityOf(cart, each)) as [
          number,
          number,
          number,
        ];
        expect(now).toBeGreaterThanOrEqual(Math.max(theirs, mine));
        expect(now).toBeLessThanOrEqual(Math.min(theirs + mine, maxQuantity));
        if (theirs + mine <= Math.min(stock, maxQuantity)) expect(now).toBe(theirs + mine);
        const told = merged.capped?.find((line) => line.sku === each);
        expect(told).toEqual(now < theirs + mine ? { sku: each, wanted: theirs + mine, quantity: now } : undefined);
      }
    }),
  );
});

test('a cart that was handed over takes nothing more, and is not handed over again', () => {
  const gone: CartState = { lines: [], handedTo: 'c_customer' };
  expect(refusal({ type: 'add-item', sku: 'A', quantity: 1, available: plenty }, gone)).toEqual([
    'cart-handed-over',
    {},
  ]);
  expect(decideHandOver('c_guest', 'c_other', gone)).toEqual([]);
});

test('what could not be added is told until the shopper changes the cart', () => {
  const from = { fromCartId: 'c_g', handOverId: 'e_1', lines: [{ sku: 'A', quantity: 2 }] };
  const merged = evolveCart(
    { lines: [{ sku: 'A', quantity: 2 }] },
    decideTakeIn('c', from, () => 3, emptyCart),
  );
  expect(merged.capped).toBeUndefined();
  const capped = evolveCart(
    merged,
    decideTakeIn('c', from, () => 3, merged),
  );
  expect(capped.capped).toEqual([{ sku: 'A', wanted: 4, quantity: 3 }]);
  const changed = decideCart('c', { type: 'set-quantity', sku: 'A', quantity: 1, available: 3 }, capped);
  expect(changed.reduce(evolveCart, capped)).toEqual({ lines: [{ sku: 'A', quantity: 1 }] });
});
