import { afterEach, expect, test } from 'vitest';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { subjects } from '@souk/shared-events/integration';
import { given, untilEvent } from '@souk/service-kit/testing';
import { add, checkOut, delivery, openShop, playCatalog, seen, tokenFor, types } from './testing/shop.ts';
import type { CatalogAnswer, Shop } from './testing/shop.ts';

let channel: EventChannel;
let shop: Shop;

async function open(
  answer: Parameters<typeof playCatalog>[1] = 'reserve',
  options: Parameters<typeof openShop>[1] = {},
): Promise<void> {
  channel = memoryChannel();
  playCatalog(channel, answer);
  shop = await openShop(channel, options);
  await shop.sell('A', { priceCents: 2500, quantity: 5 });
  await add(shop, 'A', 2);
}

afterEach(async () => {
  await shop.close();
  await channel.close();
});

async function placed(answer: Response): Promise<string> {
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { orderId: string }).orderId;
}

async function order(orderId: string) {
  return (await (await shop.server.fetch(`/api/cart/orders/${orderId}`)).json()) as {
    status: string;
    reason?: string;
    timeline: { status: string }[];
  };
}

test('a good card is authorized, the stock is taken, the money captured, the cart emptied, the order confirmed', async () => {
  await open();
  const answer = await checkOut(shop, await tokenFor(shop, '4242 4242 4242 4242'));
  const orderId = await placed(answer);
  expect(answer.headers.get('location')).toBe(`/orders/${orderId}`);
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
  await shop.backend.ready();
  expect(await types(channel, subjects.order(orderId))).toEqual([
    'cart.order-placed.v2',
    'cart.payment-authorized.v1',
    'cart.payment-captured.v1',
    'cart.order-confirmed.v1',
  ]);
  await seen(channel, subjects.saga(`${orderId}-1`), 'cart.saga-ended.v1');
  const { status, timeline } = await order(orderId);
  expect(status).toBe('confirmed');
  expect(timeline.map((step) => step.status)).toEqual(['placed', 'authorized', 'reserved', 'confirmed']);
  expect(await (await shop.server.fetch('/api/cart')).json()).toMatchObject({ count: 0, totalCents: 0 });
});

test('a declined card leaves the cart as it was, and another card pays the same order', async () => {
  await open();
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4000000000000002')));
  await seen(channel, 'cart.order.>', 'cart.payment-declined.v1');
  await shop.backend.ready();
  expect(await order(orderId)).toMatchObject({ status: 'payment-declined', reason: 'card-declined' });
  expect(await (await shop.server.fetch('/api/cart')).json()).toMatchObject({ count: 2 });

  const path = `/api/cart/orders/${orderId}/payment`;
  const paymentToken = await tokenFor(shop, '5555555555554444');
  const both = await Promise.all([1, 2].map(() => shop.server.fetch(path, { method: 'POST', json: { paymentToken } })));
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
  await shop.backend.ready();
  expect(await order(orderId)).toMatchObject({ status: 'confirmed', payment: { brand: 'Mastercard' } });
  const again = await shop.server.fetch(path, { method: 'POST', json: { paymentToken } });
  expect(again.status).toBe(409);
  expect(await again.json()).toMatchObject({ code: 'order-not-payable' });
});

test('an order with a declined card is no longer payable once its cart was bought by another order', async () => {
  await open();
  const declined = await placed(await checkOut(shop, await tokenFor(shop, '4000000000000002'), 'a'));
  await seen(channel, 'cart.order.>', 'cart.payment-declined.v1');
  await shop.backend.ready();
  const paymentToken = await tokenFor(shop, '4242424242424242');
  const path = `/api/cart/orders/${declined}/payment`;
  // Two tabs: one checks out anew, the other gives the first order another card.
  await placed(await checkOut(shop, paymentToken, 'b'));
  const tooLate = await shop.server.fetch(path, { method: 'POST', json: { paymentToken } });
  expect(tooLate.status).toBe(409);
  expect(await tooLate.json()).toMatchObject({ code: 'order-not-payable' });
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
  expect((await shop.server.fetch(path, { method: 'POST', json: { paymentToken } })).status).toBe(409);
  expect((await types(channel, 'cart.order.>')).filter((type) => type === 'cart.payment-captured.v1')).toHaveLength(1);
});

test('two checkouts at once buy once, also while our own view of the log lags', async () => {
  const lag = Promise.withResolvers<void>();
  const real = memoryChannel();
  channel = {
    ...real,
    capabilities: real.capabilities,
    async *tail(filter, from, signal) {
      for await (const recorded of real.tail(filter, from, signal)) {
        if (recorded.event.type === 'cart.order-placed.v2') await lag.promise;
        yield recorded;
      }
    },
  };
  shop = await openShop(channel);
  await shop.sell('A', { priceCents: 2500, quantity: 5 });
  await add(shop, 'A', 2);
  const paymentToken = await tokenFor(shop, '4242424242424242');
  const first = checkOut(shop, paymentToken, 'a');
  await seen(real, 'cart.order.>', 'cart.order-placed.v2');
  const json = { delivery, paymentToken, expectedTotalCents: 5590 };
  const headers = { 'idempotency-key': 'b' };
  const second = shop.server.fetch('/api/cart/checkout', { method: 'POST', headers, json });
  lag.resolve();
  await placed(await first);
  expect((await second).status).toBe(409);
  expect((await types(real, 'cart.order.>')).filter((type) => type === 'cart.order-placed.v2')).toHaveLength(1);
});

test('of twenty tabs that check out at the same moment one places the order, and the others are told', async () => {
  await open();
  const paymentToken = await tokenFor(shop, '4242424242424242');
  const keys = Array.from({ length: 20 }, (_, index) => `tab-${index}`);
  const answers = await Promise.all(keys.map((key) => checkOut(shop, paymentToken, key)));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
  expect((await types(channel, 'cart.order.>')).filter((type) => type === 'cart.order-placed.v2')).toHaveLength(1);
});

test('a checkout that need not wait is an operation, whose result names the order', async () => {
  await open();
  const headers = { 'idempotency-key': 'k', prefer: 'respond-async' };
  const json = { delivery, paymentToken: await tokenFor(shop, '4242424242424242'), expectedTotalCents: 5590 };
  const answer = await shop.server.fetch('/api/cart/checkout', { method: 'POST', headers, json });
  expect(answer.status).toBe(202);
  const { event } = await seen(channel, 'push.shopper.s_anna', 'shell.browser-event.v1', 'cart:operation-finished');
  const location = answer.headers.get('location') ?? '';
  expect(event.data).toMatchObject({ detail: { operationId: location.split('/').at(-1), status: 'succeeded' } });
  const { result } = (await (await shop.server.fetch(location)).json()) as { result: { orderId: string } };
  expect((await shop.server.fetch(`/api/cart/orders/${result.orderId}`)).status).toBe(200);
});

test('a card without funds says so', async () => {
  await open();
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4000000000009995')));
  await seen(channel, 'cart.order.>', 'cart.payment-declined.v1');
  await shop.backend.ready();
  expect(await order(orderId)).toMatchObject({ status: 'payment-declined', reason: 'insufficient-funds' });
});

test('a provider that never answers is asked three times, and then nothing is charged', async () => {
  await open();
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4000000000000119')));
  await seen(channel, 'cart.saga.>', 'cart.saga-step-timed-out.v1');
  await shop.backend.ready();
  expect(await order(orderId)).toMatchObject({ status: 'placed', delayed: 'payment' });
  const { event } = await seen(channel, 'cart.order.>', 'cart.payment-unanswered.v1');
  expect(event.data).toEqual({ orderId, attempt: 1, attempts: 3 });
  expect(await types(channel, 'cart.order.>')).toContain('cart.payment-voided.v1');
  await shop.backend.ready();
  const after = await order(orderId);
  expect(after.status).toBe('payment-failed');
  expect(after).not.toHaveProperty('delayed');
  expect(await (await shop.server.fetch('/api/cart')).json()).toMatchObject({ count: 2 });
});

test('an order that the catalogue cannot fill is sold out, its payment is given back and the cart is kept', async () => {
  await open('reject');
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4242424242424242')));
  await seen(channel, 'cart.order.>', 'cart.order-rejected.v1');
  await shop.backend.ready();
  expect((await types(channel, subjects.order(orderId))).slice(-2)).toEqual([
    'cart.payment-voided.v1',
    'cart.order-rejected.v1',
  ]);
  expect(await order(orderId)).toMatchObject({
    status: 'sold-out',
    shortages: [{ sku: 'A', wanted: 2, available: 0 }],
  });
  expect(await (await shop.server.fetch('/api/cart')).json()).toMatchObject({ count: 2 });
});

test('a provider that is down for a while is asked until it answers, and the order goes through', async () => {
  await open();
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4000000000007726')));
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
  await shop.backend.ready();
  expect((await order(orderId)).status).toBe('confirmed');
  const asked = await types(channel, 'cart.saga.>');
  expect(asked.filter((type) => type === 'cart.payment-authorization-requested.v1')).toHaveLength(3);
});

test('a catalogue that never answers leaves nothing charged and nothing set aside, and another card may try again', async () => {
  let says: CatalogAnswer = 'silent';
  await open(() => says);
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4242424242424242')));
  await seen(channel, 'cart.saga.>', 'cart.stock-release-requested.v1');
  says = 'reserve';
  await seen(channel, 'cart.order.>', 'cart.order-rejected.v1');
  await shop.backend.ready();
  expect(await order(orderId)).toMatchObject({ status: 'payment-failed', reason: 'payment-failed' });
  const json = { paymentToken: await tokenFor(shop, '4242424242424242') };
  const again = await shop.server.fetch(`/api/cart/orders/${orderId}/payment`, { method: 'POST', json });
  expect(again.status).toBe(200);
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
  const all = await types(channel, 'cart.order.>');
  expect(all.filter((type) => type === 'cart.payment-captured.v1')).toHaveLength(1);
});

test('a payment that cannot be given back parks the checkout; the staff hears of it, and repairs it', async () => {
  await open('reserve', { patience: { deadlineMs: 50, timeoutMs: 200, attempts: 4, backoffMs: [20] } });
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4000000000005126')));
  const sagaId = `${orderId}-1`;
  await seen(channel, subjects.saga(sagaId), 'cart.saga-parked.v1');
  await shop.backend.ready();
  expect(await order(orderId)).toMatchObject({ status: 'authorized', delayed: 'person' });
  const parked = (recorded: Recorded) =>
    (recorded.event.data as { detail: { state: string } }).detail.state === 'parked';
  const heard = (await untilEvent(channel, 'push.staff', parked)).at(-1);
  expect(heard?.event.data).toEqual({
    type: 'cart:saga-changed',
    detail: { sagaId, definition: 'checkout', state: 'parked' },
  });

  const as = { shopperId: 's_karim', roles: ['staff'] as const };
  const { revision } = (await (await shop.server.fetch(`/api/cart/sagas/${sagaId}`, { as })).json()) as {
    revision: number;
  };
  const act = { method: 'POST', json: { act: 'retry', why: 'the provider is back', revision } };
  expect((await shop.server.fetch(`/api/cart/sagas/${sagaId}/acts`, act)).status).toBe(403);
  expect((await shop.server.fetch(`/api/cart/sagas/${sagaId}/acts`, { ...act, as })).status).toBe(200);
  await seen(channel, 'cart.order.>', 'cart.order-rejected.v1');
  await shop.backend.ready();
  expect(await order(orderId)).toMatchObject({ status: 'payment-failed' });
  expect(await (await shop.server.fetch('/api/cart')).json()).toMatchObject({ count: 2 });
});

test('fifty checkouts at once with one key are one order and one charge', async () => {
  await open();
  const paymentToken = await tokenFor(shop, '4242424242424242');
  const init = { method: 'POST', headers: { 'idempotency-key': 'k' } };
  const json = { delivery, paymentToken, expectedTotalCents: 5590 };
  const ask = () => shop.server.fetch('/api/cart/checkout', { ...init, json });
  const answers = await Promise.all(Array.from({ length: 50 }, ask));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([201, 409]));
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
  await shop.backend.ready();
  const all = await types(channel, 'cart.order.>');
  expect(all.filter((type) => type === 'cart.order-placed.v2')).toHaveLength(1);
  expect(all.filter((type) => type === 'cart.payment-captured.v1')).toHaveLength(1);
});

test.each([
  ['placed', []],
  ['authorized', [['cart.payment-authorized.v1', { authorizationId: 'auth_1', amountCents: 5590, currency: 'EUR' }]]],
  [
    'captured',
    [
      ['cart.payment-authorized.v1', { authorizationId: 'auth_1', amountCents: 5590, currency: 'EUR' }],
      ['cart.payment-captured.v1', { amountCents: 5590, currency: 'EUR' }],
    ],
  ],
] as const)('an order that an earlier version of the shop left %s gets its checkout, and ends', async (_how, facts) => {
  await open();
  const token = await tokenFor(shop, '4242424242424242');
  const orderId = 'o_old';
  const lines = [{ sku: 'A', slug: 'A', title: 'Tile', variant: '', quantity: 2, unitPriceCents: 2500 }];
  const sums = { subtotalCents: 5000, shippingCents: 590, taxCents: 893, totalCents: 5590, currency: 'EUR' };
  const payment = { token, brand: 'Visa', last4: '4242' };
  const whose = { orderId, cartId: 'c_s_anna', shopperId: 's_anna' };
  await given(channel, subjects.order(orderId), [
    { type: 'cart.order-placed.v1', data: { ...whose, lines, ...sums, delivery, payment } },
    ...facts.map(([type, data]) => ({ type, data: { orderId, ...data } })),
  ]);
  await seen(channel, subjects.order(orderId), 'cart.order-confirmed.v1');
  await shop.backend.ready();
  expect((await order(orderId)).status).toBe('confirmed');
  expect(await (await shop.server.fetch('/api/cart')).json()).toMatchObject({ count: 0 });
});

test('the same Idempotency-Key means the same order, and with another body a refusal', async () => {
  await open();
  const token = await tokenFor(shop, '4000000000000002');
  const first = await placed(await checkOut(shop, token, 'k'));
  expect(await placed(await checkOut(shop, token, 'k'))).toBe(first);
  const other = await checkOut(shop, await tokenFor(shop, '4242424242424242'), 'k');
  expect(other.status).toBe(422);
  expect(await other.json()).toMatchObject({ code: 'idempotency-key-reused' });
  expect((await types(channel, 'cart.order.>')).filter((type) => type === 'cart.order-placed.v2')).toHaveLength(1);
});

test('a second checkout while the first is under way is refused and names it', async () => {
  await open();
  const token = await tokenFor(shop, '4242424242424242');
  const answers = await Promise.all([checkOut(shop, token, 'a'), checkOut(shop, token, 'b')]);
  expect(answers.map(({ status }) => status).toSorted()).toEqual([201, 409]);
  const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { code?: string; orderId: string }[];
  expect(bodies.find(({ code }) => code === 'checkout-in-progress')).toBeDefined();
  expect(new Set(bodies.map(({ orderId }) => orderId)).size).toBe(1);
});

test('a price that changed since it was seen is shown before anything is bought', async () => {
  await open();
  const paymentToken = await tokenFor(shop, '4242424242424242');
  await shop.sell('A', { priceCents: 2600 });
  const json = { delivery, paymentToken, expectedTotalCents: 5590 };
  const headers = { 'idempotency-key': 'k' };
  const answer = await shop.server.fetch('/api/cart/checkout', { method: 'POST', headers, json });
  expect(answer.status).toBe(409);
  expect(await answer.json()).toMatchObject({ code: 'price-changed', cart: { subtotalCents: 5200, totalCents: 5790 } });
});

test('a delivery address with gaps is refused, each field by its pointer', async () => {
  await open();
  const paymentToken = await tokenFor(shop, '4242424242424242');
  const wrong = { ...delivery, email: 'nobody', country: 'XX', city: '  ' };
  const json = { delivery: wrong, paymentToken, expectedTotalCents: 5590 };
  const headers = { 'idempotency-key': 'k' };
  const answer = await shop.server.fetch('/api/cart/checkout', { method: 'POST', headers, json });
  expect(answer.status).toBe(400);
  const { errors } = (await answer.json()) as { errors: { pointer: string }[] };
  expect(errors.map(({ pointer }) => pointer)).toEqual([
    '/body/delivery/email',
    '/body/delivery/city',
    '/body/delivery/country',
  ]);
});

test('somebody else’s order looks like one that does not exist', async () => {
  await open();
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4000000000000002')));
  const as = { shopperId: 's_mallory' };
  const foreign = await shop.server.fetch(`/api/cart/orders/${orderId}`, { as });
  const missing = await shop.server.fetch('/api/cart/orders/o_nothing', { as });
  expect((await shop.server.fetch('/api/cart/orders/..%2F*.%3E', { as })).status).toBe(404);
  expect([foreign.status, missing.status]).toEqual([404, 404]);
  const pay = { method: 'POST', json: { paymentToken: 'tok_x' }, as };
  expect((await shop.server.fetch(`/api/cart/orders/${orderId}/payment`, pay)).status).toBe(404);
  expect(await (await shop.server.fetch('/api/cart/orders', { as })).json()).toEqual({ orders: [] });
});

test('another backend that asks where an order is hears it, without a word of who ordered', async () => {
  await open();
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4000000000000002')));
  await seen(channel, 'cart.order.>', 'cart.payment-declined.v1');
  await shop.backend.ready();
  const ask = async (shopperId: string, id = orderId) =>
    (await channel.request('souk-ask.cart.order-status', { data: { orderId: id, shopperId } }, { timeoutMs: 2000 }))
      .data;
  const answer = await ask('s_anna');
  expect(answer).toMatchObject({ known: true, status: 'payment-declined', waitsFor: 'other-card' });
  expect(JSON.stringify(answer)).not.toMatch(/Anna|example|Leipzig|4242|tok_|s_anna/);
  expect(await ask('s_mallory')).toEqual({ known: false });
  expect(await ask('s_anna', 'o_nothing')).toEqual({ known: false });
});

test('the desk is told what a shopper has in the cart and ordered: a name, and neither address nor card', async () => {
  await open();
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4000000000000002')));
  await seen(channel, 'cart.order.>', 'cart.payment-declined.v1');
  await shop.backend.ready();
  const ask = async (shopperId: string) =>
    (await channel.request('souk-ask.cart.shopper-overview', { data: { shopperId } }, { timeoutMs: 2000 })).data;
  const answer = await ask('s_anna');
  expect(answer).toMatchObject({
    name: expect.stringContaining('Anna'),
    cart: { lines: [{ slug: 'A', quantity: 2, lineTotalCents: 5000 }], totalCents: 5590, currency: 'EUR' },
    orders: [{ orderId, status: 'payment-declined', waitsFor: 'other-card', lines: [{ quantity: 2 }] }],
    more: 0,
  });
  expect(JSON.stringify(answer)).not.toMatch(/example|Leipzig|4242|0002|tok_|s_anna/);
  const nothing = { name: null, cart: { lines: [], totalCents: 0, currency: 'EUR' }, orders: [], more: 0 };
  expect(await ask('s_mallory')).toEqual(nothing);
});

test('what changes is pushed to the shopper it belongs to', async () => {
  await open();
  const orderId = await placed(await checkOut(shop, await tokenFor(shop, '4242424242424242')));
  const pushed: unknown[] = [];
  for await (const { event, subject } of channel.tail('push.>', 1)) {
    if (subject === 'push.staff') continue;
    expect(subject).toBe('push.shopper.s_anna');
    pushed.push(event.data);
    const { detail } = event.data as { detail: { status?: string } };
    if (detail.status === 'confirmed') break;
  }
  expect(pushed[0]).toEqual({ type: 'cart:changed', detail: { count: 2, totalCents: 5590, currency: 'EUR' } });
  expect(pushed).toContainEqual({ type: 'cart:order-changed', detail: { orderId, status: 'confirmed' } });
});
