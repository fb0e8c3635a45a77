import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel } from '@souk/event-channel';
import { given } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { add, checkOut, openShop, playCatalog, seen, tokenFor, types } from './testing/shop.ts';
import type { Shop } from './testing/shop.ts';

const customerId = 'cu_zaynab';
const customer = { as: { shopperId: customerId } };

let channel: EventChannel;
let shop: Shop;
beforeEach(async () => {
  channel = memoryChannel();
  shop = await openShop(channel);
});
afterEach(async () => {
  await shop.close();
  await channel.close();
});

/** Puts one variant into the cart of anybody. */
const put = (shopperId: string, sku: string, quantity: number) =>
  shop.server.fetch('/api/cart/lines', { method: 'POST', as: { shopperId }, json: { sku, quantity } });
const signIn = (guestId: string) =>
  given(channel, subjects.account(customerId), [{ type: 'account.signed-in.v1', data: { customerId, guestId } }]);
const cartOf = async (shopperId: string) => {
  await shop.backend.ready();
  const answer = await shop.server.fetch('/api/cart', { as: { shopperId } });
  return (await answer.json()) as { lines: { sku: string; quantity: number }[]; capped?: unknown };
};
/** Waits until so many other carts lie in somebody's. */
const takenIn = async (shopperId: string, count: number) => {
  if (count === 0) return;
  let left = count;
  for await (const { event } of channel.tail(subjects.cart(`c_${shopperId}`), 1))
    if (event.type === 'cart.taken-in.v1' && --left === 0) return;
};
const quantities = (lines: readonly { sku: string; quantity: number }[]) =>
  Object.fromEntries(lines.map(({ sku, quantity }) => [sku, quantity]));

test('a guest who signs in finds both carts as one, and hears of what there is not enough of', async () => {
  await shop.sell('A', { quantity: 5 });
  await shop.sell('B', { quantity: 50 });
  await put(customerId, 'A', 3);
  await put('s_guest', 'A', 4);
  await put('s_guest', 'B', 2);
  await signIn('s_guest');
  await seen(channel, subjects.pushToShopper(customerId), 'shell.browser-event.v1');
  await seen(channel, subjects.cart(`c_${customerId}`), 'cart.taken-in.v1');
  const cart = await cartOf(customerId);
  expect(quantities(cart.lines)).toEqual({ A: 5, B: 2 });
  expect(cart.capped).toEqual([{ title: 'Tile A', variant: '', wanted: 7, quantity: 5 }]);
  expect((await cartOf('s_guest')).lines).toEqual([]);
});

test('whatever several guests put in, and however often their sign-ins come, nothing is lost and nothing twice', async () => {
  const skus = ['A', 'B', 'C'];
  for (const sku of skus) await shop.sell(sku, { quantity: 99 });
  let run = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.record({ guest: fc.nat(2), sku: fc.constantFrom(...skus), quantity: fc.integer({ min: 1, max: 6 }) }),
        { maxLength: 6 },
      ),
      fc.shuffledSubarray([0, 1, 2, 0, 1, 2], { minLength: 3 }),
      async (puts, signIns) => {
        const me = `cu_${++run}`;
        const guest = (n: number) => `s_${run}_${n}`;
        const wanted: Record<string, number> = {};
        for (const { guest: n, sku, quantity } of puts) {
          await put(guest(n), sku, quantity);
          if (signIns.includes(n)) wanted[sku] = (wanted[sku] ?? 0) + quantity;
        }
        for (const n of signIns) {
          const data = { customerId: me, guestId: guest(n) };
          await given(channel, subjects.account(me), [{ type: 'account.signed-in.v1', data }]);
        }
        for (const n of new Set(signIns)) await seen(channel, subjects.cart(`c_${guest(n)}`), 'cart.handed-over.v1');
        const filled = [...new Set(puts.map(({ guest: n }) => n))].filter((n) => signIns.includes(n));
        await takenIn(me, filled.length);
        expect(quantities((await cartOf(me)).lines)).toEqual(wanted);
        const handed = await Promise.all([0, 1, 2].map((n) => types(channel, subjects.cart(`c_${guest(n)}`))));
        for (const all of handed)
          expect(all.filter((type) => type === 'cart.handed-over.v1').length).toBeLessThanOrEqual(1);
      },
    ),
    { numRuns: 15 },
  );
}, 60_000);

test('a change that was under way at the sign-in is refused with a word, and not done in a cart that nobody sees', async () => {
  await shop.sell('A');
  await signIn('s_guest');
  await seen(channel, subjects.cart('c_s_guest'), 'cart.handed-over.v1');
  const late = await put('s_guest', 'A', 1);
  expect(late.status).toBe(409);
  expect(await late.json()).toMatchObject({ code: 'cart-handed-over' });
});

test('orders of the guest are the customer’s: listed, readable, and told to the customer’s pages', async () => {
  await shop.sell('A');
  const catalog = playCatalog(channel);
  await add(shop, 'A', 2);
  const placed = await checkOut(shop, await tokenFor(shop, '4242424242424242'));
  const { orderId } = (await placed.json()) as { orderId: string };
  await signIn('s_anna');
  await seen(channel, subjects.order(orderId), 'cart.order-confirmed.v1');
  await seen(channel, subjects.cart('c_s_anna'), 'cart.handed-over.v1');
  await shop.backend.ready();
  const list = await (await shop.server.fetch('/api/cart/orders', customer)).json();
  expect(list).toMatchObject({ orders: [{ orderId }] });
  expect((await shop.server.fetch(`/api/cart/orders/${orderId}`, customer)).status).toBe(200);
  expect((await shop.server.fetch(`/api/cart/orders/${orderId}`)).status).toBe(404);
  expect((await cartOf(customerId)).lines).toEqual([]);
  await catalog.close();
});
