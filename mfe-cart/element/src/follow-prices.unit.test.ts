import type { CartLine } from '@souk/cart-api';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followPrices } from './follow-prices.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const line = { sku: 'b', slug: 'bowl', unitPriceCents: 100, available: 5 } as CartLine;
const changed = (priceCents: number, available = 5, sku = 'b') => ({
  products: [{ slug: 'bowl', variants: [{ sku, priceCents, available }] }],
  more: false,
});

/** A cart whose backend has heard of the new price from the n-th question on. */
const cartThatKnowsAfter = (questions: number) => {
  let shown = [line];
  const living = new AbortController();
  const load = vi.fn(async () => {
    if (load.mock.calls.length >= questions) shown = [{ ...line, unitPriceCents: 120 }];
  });
  return { load, living, hear: followPrices({ lines: () => shown, load, signal: living.signal }) };
};

it('what is not in the cart, or is as shown, asks nothing', async () => {
  const { load, hear } = cartThatKnowsAfter(1);
  hear(changed(900, 1, 'other'));
  hear(changed(100));
  await vi.runAllTimersAsync();
  expect(load).not.toHaveBeenCalled();
});

it('a new price of something in the cart asks until the backend has heard of it, too', async () => {
  const { load, hear } = cartThatKnowsAfter(3);
  hear(changed(120));
  await vi.runAllTimersAsync();
  expect(load).toHaveBeenCalledTimes(3);
});

it('a backend that never hears of it is asked a few times only', async () => {
  const { load, hear } = cartThatKnowsAfter(Infinity);
  hear(changed(120));
  await vi.runAllTimersAsync();
  expect(load).toHaveBeenCalledTimes(5);
});

it('what changed unnamed asks once, some time soon', async () => {
  const { load, hear } = cartThatKnowsAfter(1);
  hear({ products: [], more: true });
  await vi.runAllTimersAsync();
  expect(load).toHaveBeenCalledTimes(1);
});

it('a product that left the shop asks at once', async () => {
  const { load, hear } = cartThatKnowsAfter(1);
  hear({ products: [{ slug: 'bowl', variants: [] }], more: false });
  await vi.runAllTimersAsync();
  expect(load).toHaveBeenCalledTimes(1);
});

it('a page that is gone asks nothing any more', async () => {
  const { load, hear, living } = cartThatKnowsAfter(3);
  hear(changed(120));
  living.abort();
  await vi.runAllTimersAsync();
  expect(load).not.toHaveBeenCalled();
});
