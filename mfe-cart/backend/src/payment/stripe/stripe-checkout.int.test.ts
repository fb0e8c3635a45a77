import { memoryChannel } from '@souk/event-channel/memory';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { add, checkOut, openShop, playCatalog, seen } from '../../testing/shop.ts';
import { stripePayments } from './stripe-payments.ts';
import { fakeStripe } from './testing/fake-stripe.ts';

const stripe = fakeStripe({ pm_ok: 'ok', pm_poor: 'insufficient_funds' });
const api = setupServer(...stripe.handlers);
beforeAll(() => api.listen({ onUnhandledFrame: 'bypass' }));
afterAll(() => api.close());

test('a checkout is paid through Stripe, holds nothing of a declined card, and takes the money once', async () => {
  const channel = memoryChannel();
  const provider = stripePayments({ secretKey: 'sk_test_1', webhookSecret: 'whsec_1', file: ':memory:' });
  const shop = await openShop(channel, { provider });
  playCatalog(channel);
  await shop.sell('cup');
  await add(shop, 'cup', 1);

  const poor = await checkOut(shop, 'pm_poor', 'a');
  expect(poor.status).toBe(201);
  expect((await seen(channel, 'cart.order.>', 'cart.payment-declined.v1')).event.data).toMatchObject({
    reason: 'insufficient-funds',
  });
  const { orderId } = (await poor.json()) as { orderId: string };
  const path = `/api/cart/orders/${orderId}/payment`;
  await shop.server.fetch(path, { method: 'POST', json: { paymentToken: 'pm_ok' } });
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');

  expect([...stripe.intents.values()].map(({ status }) => status)).toEqual(['requires_payment_method', 'succeeded']);
  expect(new Set(stripe.asked).size).toBe(stripe.asked.length);
  await shop.close();
  await channel.close();
});
