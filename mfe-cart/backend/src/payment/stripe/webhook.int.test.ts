import { createApp } from '@souk/service-kit';
import { TEST_SECRET, testLog } from '@souk/service-kit/testing';
import { setupServer } from 'msw/node';
import Stripe from 'stripe';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { PaymentProvider } from '../payment-provider.ts';
import { stripePayments } from './stripe-payments.ts';
import { fakeStripe } from './testing/fake-stripe.ts';
import type { FakeStripe } from './testing/fake-stripe.ts';

const api = setupServer();
const never = new AbortController().signal;
const webhookSecret = 'whsec_test';
const request = { key: 'o_1#1', token: 'pm_ok', amountCents: 2500, currency: 'EUR' };
const signer = new Stripe('sk_test_1');
let stripe: FakeStripe;
let payments: PaymentProvider;
let app: ReturnType<typeof createApp>;

beforeAll(() => api.listen({ onUnhandledFrame: 'error' }));
beforeEach(() => {
  stripe = fakeStripe({ pm_ok: 'ok' });
  api.use(...stripe.handlers);
  payments = stripePayments({
    secretKey: 'sk_test_1',
    publishableKey: 'pk_test_1',
    webhookSecret,
    file: ':memory:',
    backoffMs: [60_000],
  });
  app = createApp({ name: 'cart', version: '1', log: testLog, sessionSecret: TEST_SECRET });
  payments.addRoutes?.(app);
});
afterEach(async () => {
  api.resetHandlers();
  await app.close();
  await payments.close();
});
afterAll(() => api.close());

/** An event about the first intent, as Stripe sends it. */
function event(type: string, object: object, id = `evt_${type}`) {
  const about = { id: 'pi_1', object: 'payment_intent', metadata: { souk_key: 'o_1#1' } };
  return JSON.stringify({ id, object: 'event', type, data: { object: { ...about, ...object } } });
}

async function tell(payload: string, options: { signature?: string; secret?: string; timestamp?: number } = {}) {
  const { secret = webhookSecret, timestamp = Math.floor(Date.now() / 1000) } = options;
  const signed = signer.webhooks.generateTestHeaderString({ payload, secret, timestamp });
  const headers = { 'content-type': 'application/json', 'stripe-signature': options.signature ?? signed };
  return app.inject({ method: 'POST', url: '/api/cart/stripe/webhook', headers, payload });
}

test.each([
  ['under another secret', { secret: 'whsec_forged' }],
  ['older than five minutes', { timestamp: Math.floor(Date.now() / 1000) - 301 }],
  ['malformed', { signature: 'nonsense' }],
])('a signature %s is refused, and changes nothing', async (_what, options) => {
  await payments.authorize(request, never);
  const answer = await tell(event('payment_intent.canceled', { status: 'canceled' }), options);
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'signature-invalid']);
  expect(await payments.capture(request.key, 2500, never)).toBe(true);
});

test('the signature is over the bytes as they came, and no session is asked for', async () => {
  await payments.authorize(request, never);
  const spaced = JSON.stringify(JSON.parse(event('payment_intent.canceled', { status: 'canceled' })), null, 4);
  expect((await tell(spaced)).statusCode).toBe(200);
  expect(await payments.capture(request.key, 2500, never)).toBe(false);
});

test('whoever waits to ask again is answered by the webhook', async () => {
  stripe.mishaps.push('lost');
  const answer = payments.authorize(request, never);
  await expect.poll(() => stripe.intents.size).toBe(1);
  await expect
    .poll(async () => {
      await tell(
        event('payment_intent.amount_capturable_updated', { status: 'requires_capture' }, crypto.randomUUID()),
      );
      return Promise.race([answer, undefined]);
    })
    .toEqual({ type: 'authorized', authorizationId: 'pi_1' });
  expect(stripe.asked).toHaveLength(1);
});

test('what comes twice, or late, takes nothing back', async () => {
  await payments.authorize(request, never);
  const captured = event('payment_intent.succeeded', { status: 'succeeded' });
  const authorized = event('payment_intent.amount_capturable_updated', { status: 'requires_capture' });
  for (const payload of [captured, captured, authorized]) expect((await tell(payload)).statusCode).toBe(200);
  expect(await payments.capture(request.key, 2500, never)).toBe(true);
  expect(stripe.asked).toEqual(['payment_intents o_1#1.authorize']);
});

test('what is held under a key that was closed is given back', async () => {
  // The question was given up for lost, and arrives now.
  stripe.mishaps.push(500);
  await expect(payments.authorize(request, AbortSignal.timeout(50))).rejects.toThrow();
  await payments.voidAuthorization(request.key, never);
  const late = { id: 'pi_1', status: 'requires_capture', amount: 2500, created: 1, metadata: { souk_key: 'o_1#1' } };
  stripe.intents.set('pi_1', late);
  expect((await tell(event('payment_intent.amount_capturable_updated', late))).statusCode).toBe(200);
  expect(stripe.intents.get('pi_1')?.status).toBe('canceled');
});

test('events of other kinds, of other shops and of parts of a refund are received and change nothing', async () => {
  await payments.authorize(request, never);
  const others = [
    event('customer.created', { id: 'cus_1' }),
    event('payment_intent.canceled', { id: 'pi_9', status: 'canceled', metadata: { souk_key: 'o_9#1' } }),
    event('payment_intent.canceled', { id: 'pi_8', status: 'canceled' }, 'evt_8'),
    event('charge.refunded', { id: 'ch_1', object: 'charge', payment_intent: 'pi_1', refunded: false }),
  ];
  for (const payload of others) expect((await tell(payload)).json()).toEqual({ received: true });
  expect(await payments.capture(request.key, 2500, never)).toBe(true);
});

test('other routes of the app read JSON as before', async () => {
  app.post('/api/cart/echo', { config: { public: true } }, async ({ body }) => body);
  const answer = await app.inject({ method: 'POST', url: '/api/cart/echo', payload: { a: 1 } });
  expect(answer.json()).toEqual({ a: 1 });
});
