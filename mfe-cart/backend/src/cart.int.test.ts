import { afterEach, beforeEach, expect, test } from 'vitest';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { given, untilEvent } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { add, openShop, types } from './testing/shop.ts';
import type { Shop } from './testing/shop.ts';

let channel: EventChannel;
let shop: Shop;

beforeEach(async () => {
  channel = memoryChannel();
  shop = await openShop(channel);
  await shop.sell('A', { priceCents: 1250, quantity: 40, title: 'Star tile' });
});

afterEach(async () => {
  await shop.close();
  await channel.close();
});

const cart = async () => (await shop.server.fetch('/api/cart')).json();

test('what was added can be read at once, with totals from the server', async () => {
  const answer = await add(shop, 'A', 2);
  expect(answer.status).toBe(200);
  expect(Number(answer.headers.get('souk-position'))).toBeGreaterThan(0);
  expect(await cart()).toEqual({
    lines: [
      {
        ...{ sku: 'A', slug: 'A', title: 'Star tile', variant: '', quantity: 2, unitPriceCents: 1250 },
        ...{ lineTotalCents: 2500, available: 40 },
        picture: { src: '/p/A.avif', width: 800, height: 800, alt: 'Star tile' },
      },
    ],
    ...{ count: 2, subtotalCents: 2500, shippingCents: 590, taxCents: 493, totalCents: 3090, currency: 'EUR' },
  });
});

test('an addition that is asked for again with its key is made once', async () => {
  const ask = (quantity: number) =>
    shop.server.fetch('/api/cart/lines', {
      ...{ method: 'POST', headers: { 'idempotency-key': 'first' }, json: { sku: 'A', quantity } },
    });
  const first = await ask(2);
  const again = await ask(2);
  expect([first.status, again.status]).toEqual([200, 200]);
  expect(again.headers.get('souk-position')).toBe(first.headers.get('souk-position'));
  expect(await again.json()).toEqual(await first.json());
  expect(await cart()).toMatchObject({ count: 2 });
  expect((await ask(3)).status).toBe(422);
});

test('twenty tabs that add at once lose nothing', async () => {
  const answers = await Promise.all(Array.from({ length: 20 }, () => add(shop, 'A', 1)));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200));
  expect(await cart()).toMatchObject({ count: 20 });
});

test.each([
  ['the answer that is given with the request', 'cart.change-requested.v1', {}],
  ['the answer that is given later', 'cart.item-quantity-set.v1', { followUp: undefined }],
] as const)('whoever was faster than %s loses nothing and makes nobody lose', async (_which, before, without) => {
  await shop.close();
  let faster = true;
  shop = await openShop({
    ...channel,
    ...(without as object),
    append(subject, events, options) {
      // Between our decision and our append, somebody else appends.
      const data = { cartId: 'c_s_anna', sku: 'A', quantity: 5 };
      if (faster && events[0]?.type === before) {
        faster = false;
        void given(channel, 'cart.cart.c_s_anna', [{ type: 'cart.item-quantity-set.v1', data }]);
      }
      return channel.append(subject, events, options);
    },
  });
  await shop.backend.ready();
  const answer = await add(shop, 'A', 1);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ count: 6 });
  expect(await cart()).toMatchObject({ count: 6 });
});

test('a quantity is set absolutely, and 0 or DELETE removes the line', async () => {
  await add(shop, 'A', 2);
  const put = (quantity: number) => shop.server.fetch('/api/cart/lines/A', { method: 'PUT', json: { quantity } });
  expect(await (await put(7)).json()).toMatchObject({ count: 7, shippingCents: 0 });
  expect(await (await put(0)).json()).toMatchObject({ count: 0, lines: [], totalCents: 0 });
  await put(3);
  const removed = await shop.server.fetch('/api/cart/lines/A', { method: 'DELETE' });
  expect(await removed.json()).toMatchObject({ count: 0 });
});

test.each([
  [{ sku: 'A', quantity: 0 }, 400, 'invalid'],
  [{ sku: 'A', quantity: -1 }, 400, 'invalid'],
  [{ sku: 'A', quantity: 1e9 }, 400, 'invalid'],
  [{ sku: 'A', quantity: 1.5 }, 400, 'invalid'],
  [{ sku: 'A', quantity: '2' }, 400, 'invalid'],
  [{ sku: 'A' }, 400, 'invalid'],
  [{ sku: '', quantity: 1 }, 400, 'invalid'],
  [{ sku: 'A', quantity: 1, priceCents: 1 }, 400, 'invalid'],
  [null, 400, 'invalid'],
  [{ sku: 'nothing', quantity: 1 }, 404, 'unknown-sku'],
  [{ sku: 'A', quantity: 41 }, 409, 'not-enough-stock'],
])('adding %j is answered with %i %s and changes nothing', async (json, status, code) => {
  const answer = await shop.server.fetch('/api/cart/lines', { method: 'POST', json });
  expect(answer.status).toBe(status);
  expect(answer.headers.get('content-type')).toContain('application/problem+json');
  expect(await answer.json()).toMatchObject({ status, code });
  expect(await types(channel, 'cart.>')).toEqual([]);
});

test('more than there is names what is left', async () => {
  await shop.sell('B', { quantity: 3, title: 'Lantern' });
  await add(shop, 'B', 2);
  expect(await (await add(shop, 'B', 2)).json()).toMatchObject({
    ...{ code: 'not-enough-stock', sku: 'B', available: 3 },
    detail: 'Only 3 left, and 2 of them in your cart already.',
  });
});

test('what sells out between the request and its handling is refused by an event, and the request says so', async () => {
  await shop.close();
  shop = await openShop({
    ...channel,
    async append(subject, events, options) {
      if (events[0]?.type === 'cart.change-requested.v1') {
        const counted = { type: 'catalog.stock-counted.v1', data: { sku: 'A', quantity: 1 } };
        await given(channel, subjects.stock('A'), [counted]);
        await shop.backend.ready();
      }
      return channel.append(subject, events, options);
    },
  });
  await shop.backend.ready();
  const answer = await add(shop, 'A', 2);
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'not-enough-stock', sku: 'A', available: 1 });
  expect(await types(channel, 'cart.>')).toEqual(['cart.change-requested.v1', 'cart.request-refused.v1']);
});

test('who does not want to wait is told where the answer will be, and hears by push that it is there', async () => {
  const headers = { prefer: 'respond-async' };
  const json = { quantity: 3 };
  const answer = await shop.server.fetch('/api/cart/lines/A', { method: 'PUT', headers, json });
  expect(answer.status).toBe(202);
  const location = answer.headers.get('location') ?? '';
  const finished = (recorded: Recorded) => (recorded.event.data as { type: string }).type === 'cart:operation-finished';
  const pushed = (await untilEvent(channel, 'push.shopper.s_anna', finished)).at(-1)?.event.data;
  const operationId = location.replace('/api/cart/operations/', '');
  expect(pushed).toMatchObject({ detail: { operationId, status: 'succeeded' } });
  const operation = await (await shop.server.fetch(location)).json();
  expect(operation).toMatchObject({ status: 'succeeded', command: 'change-cart', result: { count: 3 } });
  expect((await shop.server.fetch(location, { as: { shopperId: 's_mallory' } })).status).toBe(404);
});

test('an addition that is asked for when the handler dies is made once when it lives again', async () => {
  await shop.close();
  let dead = false;
  shop = await openShop({
    ...channel,
    async append(subject, events, options) {
      if (events[0]?.type !== 'cart.item-quantity-set.v1') return channel.append(subject, events, options);
      // In the log, and dead before that was noted.
      if (!dead) await channel.append(subject, events, options);
      dead = true;
      throw new Error('the process was killed here');
    },
  });
  await shop.backend.ready();
  const headers = { prefer: 'respond-async', 'idempotency-key': 'k' };
  const json = { sku: 'A', quantity: 2 };
  const { headers: answered } = await shop.server.fetch('/api/cart/lines', { method: 'POST', headers, json });
  await untilEvent(channel, 'cart.cart.>', () => true);
  await shop.close();

  shop = await openShop(channel, { dataDir: shop.dataDir });
  await add(shop, 'A', 1);
  expect(await cart()).toMatchObject({ count: 3 });
  const operation = await shop.server.fetch(answered.get('location') ?? '');
  expect(await operation.json()).toMatchObject({ status: 'succeeded' });
});

test('a line whose product sells out elsewhere stays and says so', async () => {
  await add(shop, 'A', 2);
  await shop.sell('A', { quantity: 1 });
  expect(await cart()).toMatchObject({ lines: [{ sku: 'A', available: 1, problem: 'not-enough' }] });
  await shop.sell('A', { quantity: 0 });
  expect(await cart()).toMatchObject({ lines: [{ sku: 'A', available: 0, problem: 'sold-out' }] });
});

test('the same cart again costs no body', async () => {
  await add(shop, 'A', 1);
  const first = await shop.server.fetch('/api/cart');
  const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
  expect((await shop.server.fetch('/api/cart', { headers })).status).toBe(304);
  await add(shop, 'A', 1);
  expect((await shop.server.fetch('/api/cart', { headers })).status).toBe(200);
});

test('without a session there is no cart', async () => {
  expect((await shop.server.fetch('/api/cart', { as: null })).status).toBe(401);
});

test.each([
  ['sku=A&quantity=2', '/cart', 2],
  ['sku=A', '/cart', 1],
  ['sku=nothing&quantity=1', '/cart?problem=unknown-sku', 0],
  ['sku=A&quantity=99', '/cart?problem=not-enough-stock', 0],
  ['quantity=x', '/cart?problem=invalid', 0],
])('the form %s leads to %s', async (body, location, count) => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const answer = await shop.server.fetch('/api/cart/requests/add-item', { method: 'POST', headers, body });
  expect([answer.status, answer.headers.get('location')]).toEqual([303, location]);
  expect(await cart()).toMatchObject({ count });
});

test.each([
  [{ cardNumber: '4242424242424241' }, 'card-number-invalid', '/body/cardNumber'],
  [{ cardNumber: '4539578763621486' }, 'card-not-a-test-card', '/body/cardNumber'],
  [{ cardNumber: 'hello world!' }, 'card-number-invalid', '/body/cardNumber'],
  [{ expiryYear: 2020 }, 'card-expired', '/body/expiryYear'],
  [{ cvc: '12' }, 'invalid', '/body/cvc'],
])('a card with %j is refused as %s', async (wrong, code, pointer) => {
  const json = { cardNumber: '4242424242424242', expiryMonth: 12, expiryYear: 2090, cvc: '123', ...wrong };
  const answer = await shop.server.fetch('/api/cart/payment-tokens', { method: 'POST', json });
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code, errors: [{ pointer }] });
});
