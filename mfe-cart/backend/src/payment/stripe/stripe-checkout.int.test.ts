import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel } from '@souk/event-channel';
import { setupServer } from 'msw/node';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { CartBackendOptions } from '../../cart-backend.ts';
import { add, checkOut, openShop, playCatalog, seen, types } from '../../testing/shop.ts';
import type { Shop } from '../../testing/shop.ts';
import { stripePayments } from './stripe-payments.ts';
import { fakeStripe } from './testing/fake-stripe.ts';
import type { FakeStripe } from './testing/fake-stripe.ts';

const api = setupServer();
const webhookSecret = 'whsec_1';
let stripe: FakeStripe;
let channel: EventChannel;
let shop: Shop;

beforeAll(() => api.listen({ onUnhandledFrame: 'bypass' }));
beforeEach(async () => {
  stripe = fakeStripe({ pm_ok: 'ok', pm_poor: 'insufficient_funds', pm_3ds: '3ds' });
  api.use(...stripe.handlers);
  await open();
});
afterEach(async () => {
  await shop.close();
  await channel.close();
  api.resetHandlers();
});
afterAll(() => api.close());

async function open(options: Partial<CartBackendOptions> = {}): Promise<void> {
  channel = memoryChannel();
  const keys = { secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecret };
  shop = await openShop(channel, { provider: stripePayments({ ...keys, file: ':memory:' }), ...options });
  playCatalog(channel);
  await shop.sell('cup');
  await add(shop, 'cup', 1);
}

/** A checkout that waits for its shopper. */
async function waiting(): Promise<string> {
  const { orderId } = (await (await checkOut(shop, 'pm_3ds')).json()) as { orderId: string };
  await seen(channel, 'cart.saga.>', 'cart.payment-authentication-requested.v1');
  return orderId;
}

const authentication = (orderId: string, method = 'POST') =>
  shop.server.fetch(`/api/cart/orders/${orderId}/authentication`, { method });
const orderOf = async (orderId: string) => (await shop.server.fetch(`/api/cart/orders/${orderId}`)).json();
const declined = () => seen(channel, 'cart.order.>', 'cart.payment-declined.v1');
const ended = () => seen(channel, 'cart.saga.>', 'cart.saga-ended.v1');

test('a checkout is paid through Stripe, holds nothing of a declined card, and takes the money once', async () => {
  const poor = await checkOut(shop, 'pm_poor', 'a');
  expect(poor.status).toBe(201);
  expect((await declined()).event.data).toMatchObject({ reason: 'insufficient-funds' });
  const { orderId } = (await poor.json()) as { orderId: string };
  const path = `/api/cart/orders/${orderId}/payment`;
  await shop.server.fetch(path, { method: 'POST', json: { paymentToken: 'pm_ok' } });
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');

  expect([...stripe.intents.values()].map(({ status }) => status)).toEqual(['requires_payment_method', 'succeeded']);
  expect(new Set(stripe.asked).size).toBe(stripe.asked.length);
});

test('tells the page of the form which field it needs, and nobody takes a card number', async () => {
  const form = await (await shop.server.fetch('/api/cart/payment-form')).json();
  expect(form).toEqual({ kind: 'stripe', publishableKey: 'pk_test_1' });
});

test('waits for a shopper who must confirm; the page, having done so, leads on', async () => {
  const orderId = await waiting();
  expect(await orderOf(orderId)).toMatchObject({ status: 'placed', actionRequired: true });
  const answer = await authentication(orderId);
  expect(answer.headers.get('cache-control')).toBe('no-store');
  expect(await answer.json()).toEqual({ clientSecret: 'pi_1_secret' });
  expect(await types(channel, 'cart.order.>')).not.toContain('cart.payment-authorized.v1');

  stripe.confirm('pi_1', true);
  expect(await (await authentication(orderId)).json()).toEqual({ clientSecret: null });
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
  expect(stripe.intents.get('pi_1')?.status).toBe('succeeded');
});

test('the secret is in no event, and nobody but the shopper is told it', async () => {
  const orderId = await waiting();
  await authentication(orderId);
  const log: string[] = [];
  for (const filter of ['cart.>', 'push.>'])
    for await (const { event } of channel.read(filter)) log.push(JSON.stringify(event));
  expect(log.join()).not.toContain('_secret');
  const as = { shopperId: 's_bert' };
  for (const method of ['POST', 'DELETE'])
    expect((await shop.server.fetch(`/api/cart/orders/${orderId}/authentication`, { method, as })).status).toBe(404);
  expect(await orderOf(orderId)).toMatchObject({ actionRequired: true });
});

test('the webhook leads on as well, when the shopper does not come back', async () => {
  await waiting();
  stripe.confirm('pi_1', true);
  const object = { ...stripe.intents.get('pi_1'), object: 'payment_intent' };
  const type = 'payment_intent.amount_capturable_updated';
  const payload = JSON.stringify({ id: 'evt_1', object: 'event', type, data: { object } });
  const signature = new Stripe('sk_test_1').webhooks.generateTestHeaderString({ payload, secret: webhookSecret });
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature };
  const told = await shop.server.fetch('/api/cart/stripe/webhook', { method: 'POST', headers, body: payload });
  expect(told.status).toBe(200);
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
});

test('a shopper who is refused by the bank loses nothing: the cart is kept, and another card pays the order', async () => {
  const orderId = await waiting();
  stripe.confirm('pi_1', false);
  await authentication(orderId);
  expect((await declined()).event.data).toMatchObject({ reason: 'not-confirmed' });
  await ended();
  expect(stripe.intents.get('pi_1')?.status).toBe('canceled');
  expect(await (await shop.server.fetch('/api/cart')).json()).toMatchObject({ count: 1 });
  const json = { paymentToken: 'pm_ok' };
  await shop.server.fetch(`/api/cart/orders/${orderId}/payment`, { method: 'POST', json });
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
});

test('a shopper who will not confirm takes another card at once', async () => {
  const orderId = await waiting();
  expect((await authentication(orderId, 'DELETE')).status).toBe(204);
  expect((await declined()).event.data).toMatchObject({ reason: 'not-confirmed' });
  await ended();
  expect(stripe.intents.get('pi_1')?.status).toBe('canceled');
  expect((await authentication(orderId, 'DELETE')).status).toBe(204);
  expect(await (await authentication(orderId)).json()).toEqual({ clientSecret: null });
});

test('a shopper who never comes back: after a while it is given up, and a late yes of the bank holds nothing', async () => {
  await shop.close();
  await channel.close();
  await open({ confirmWithinMs: 300 });
  const orderId = await waiting();
  await ended();
  expect((await declined()).event.data).toMatchObject({ orderId, reason: 'not-confirmed' });
  expect(stripe.intents.get('pi_1')?.status).toBe('canceled');
  expect(await orderOf(orderId)).toMatchObject({ status: 'payment-declined', reason: 'not-confirmed' });
});

test('looks by itself when the news of the bank is lost', async () => {
  await shop.close();
  await channel.close();
  await open({ confirmWithinMs: 15_000 });
  await waiting();
  stripe.confirm('pi_1', true);
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
});
