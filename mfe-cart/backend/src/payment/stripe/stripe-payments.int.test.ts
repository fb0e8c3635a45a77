import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { PaymentProvider } from '../payment-provider.ts';
import { stripePayments } from './stripe-payments.ts';
import { fakeStripe } from './testing/fake-stripe.ts';
import type { FakeStripe } from './testing/fake-stripe.ts';

const api = setupServer();
const never = new AbortController().signal;
let stripe: FakeStripe;
let payments: PaymentProvider;
let now: number;
const request = (token = 'pm_ok', key = 'o_1#1') => ({ key, token, amountCents: 2500, currency: 'EUR' });

beforeAll(() => api.listen({ onUnhandledFrame: 'error' }));
beforeEach(() => {
  const cards = { pm_ok: 'ok', pm_other: 'ok', pm_3ds: '3ds', pm_poor: 'insufficient_funds', pm_stolen: 'stolen_card' };
  stripe = fakeStripe(cards);
  api.use(...stripe.handlers);
  now = Date.now();
  payments = openPayments();
});
afterEach(async () => {
  api.resetHandlers();
  await payments.close();
});
afterAll(() => api.close());

function openPayments(): PaymentProvider {
  const keys = { secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecret: 'whsec_1' };
  return stripePayments({ ...keys, file: ':memory:', backoffMs: [1], clock: () => new Date(now) });
}

const statuses = () => [...stripe.intents.values()].map(({ status }) => status);

describe('authorize', () => {
  test('holds the amount with the key of the shop, once for each key of a payment', async () => {
    const first = await payments.authorize(request(), never);
    expect(first).toEqual({ type: 'authorized', authorizationId: 'pi_1' });
    expect(await payments.authorize(request(), never)).toEqual(first);
    expect(stripe.asked).toEqual(['payment_intents o_1#1.authorize']);
    expect([...stripe.intents.values()]).toMatchObject([{ amount: 2500, metadata: { souk_key: 'o_1#1' } }]);
    expect([...stripe.authorizations]).toEqual(['Bearer sk_test_1']);
  });

  test.each([
    ['pm_poor', 'insufficient-funds'],
    ['pm_stolen', 'card-declined'],
    ['pm_unknown', 'card-declined'],
  ] as const)('says of the card %s only %s', async (token, reason) => {
    expect(await payments.authorize(request(token), never)).toEqual({ type: 'declined', reason });
    expect(await payments.authorize(request(token), never)).toEqual({ type: 'declined', reason });
    expect(stripe.asked).toHaveLength(1);
  });

  test.each(['network', 'lost', 429, 409] as const)(
    'asks again with the same key after %s, and holds once',
    async (mishap) => {
      stripe.mishaps.push(mishap, mishap);
      expect(await payments.authorize(request(), never)).toMatchObject({ type: 'authorized' });
      expect(new Set(stripe.asked)).toEqual(new Set(['payment_intents o_1#1.authorize']));
      expect(stripe.asked).toHaveLength(3);
      expect(stripe.intents.size).toBe(1);
    },
  );

  test('ends with its signal when there is no answer; asked again it is the same payment', async () => {
    stripe.mishaps.push('silence');
    await expect(payments.authorize(request(), AbortSignal.timeout(20))).rejects.toThrow(
      expect.objectContaining({ name: 'TimeoutError' }),
    );
    expect(await payments.authorize(request(), never)).toMatchObject({ type: 'authorized' });
    expect(stripe.intents.size).toBe(1);
  });

  test('a wrong secret key is a fault of ours, and asked only once', async () => {
    stripe.mishaps.push(401);
    await expect(payments.authorize(request(), never)).rejects.toThrow(expect.objectContaining({ statusCode: 401 }));
  });
});

describe('a card whose holder must confirm', () => {
  test('holds nothing until they do; then it is authorized, and asked again it says so', async () => {
    expect(await payments.authorize(request('pm_3ds'), never)).toEqual({ type: 'action-required' });
    expect(await payments.authorize(request('pm_3ds'), never)).toEqual({ type: 'action-required' });
    expect(await payments.confirmations!.secretOf('o_1#1')).toBe('pi_1_secret');
    expect(await payments.capture('o_1#1', 2500, never)).toBe(false);
    stripe.confirm('pi_1', true);
    expect(await payments.confirmations!.secretOf('o_1#1')).toBeNull();
    expect(await payments.authorize(request('pm_3ds'), never)).toEqual({ type: 'authorized', authorizationId: 'pi_1' });
    expect(stripe.asked).toHaveLength(1);
  });

  test('is declined when they refuse, and the intent can never be confirmed after it was given up', async () => {
    await payments.authorize(request('pm_3ds'), never);
    stripe.confirm('pi_1', false);
    expect(await payments.authorize(request('pm_3ds'), never)).toEqual({ type: 'declined', reason: 'not-confirmed' });
    expect(await payments.confirmations!.secretOf('o_1#1')).toBeNull();
    expect(await payments.voidAuthorization('o_1#1', never)).toBe(true);
    expect(statuses()).toEqual(['canceled']);
  });

  test('is not confirmed when it is given up first, also when the bank has said yes meanwhile', async () => {
    await payments.authorize(request('pm_3ds'), never);
    stripe.confirm('pi_1', true);
    expect(await payments.voidAuthorization('o_1#1', never)).toBe(true);
    expect(statuses()).toEqual(['canceled']);
    expect(await payments.authorize(request('pm_3ds'), never)).toEqual({ type: 'declined', reason: 'not-confirmed' });
  });

  test('nobody is told a secret of a payment that is unknown, closed, or needs none', async () => {
    await payments.authorize(request(), never);
    expect(await payments.confirmations!.secretOf('o_1#1')).toBeNull();
    expect(await payments.confirmations!.secretOf('o_9#1')).toBeNull();
    await payments.authorize(request('pm_3ds', 'o_2#1'), never);
    await payments.voidAuthorization('o_2#1', never);
    expect(await payments.confirmations!.secretOf('o_2#1')).toBeNull();
  });
});

describe('Stripe repeats what it answered first', () => {
  test('so a 500 to a capture is asked about anew, and the money is taken once', async () => {
    await payments.authorize(request(), never);
    stripe.mishaps.push(500, 500);
    expect(await payments.capture('o_1#1', 2500, AbortSignal.timeout(2000))).toBe(true);
    expect(statuses()).toEqual(['succeeded']);
    expect(stripe.asked.slice(1)).toEqual(
      ['o_1#1.capture', 'o_1#1.capture.2', 'o_1#1.capture.3'].map((key) => `payment_intents/pi_1/capture ${key}`),
    );
  });

  test('so a 500 to letting go, or to a refund, does not stick either', async () => {
    await payments.authorize(request(), never);
    stripe.mishaps.push(500);
    expect(await payments.voidAuthorization('o_1#1', AbortSignal.timeout(2000))).toBe(true);
    expect(statuses()).toEqual(['canceled']);
    await payments.authorize(request('pm_other', 'o_2#1'), never);
    await payments.capture('o_2#1', 2500, never);
    await payments.voidAuthorization('o_2#1', never);
    stripe.mishaps.push(500);
    await payments.refund('o_2#1', 2500, AbortSignal.timeout(2000));
    expect(stripe.refunded).toEqual(['pi_2']);
  });

  test('and refuses another question under the key, as after a deployment: what it holds is found and let go of', async () => {
    stripe.mishaps.push('lost', 'silence');
    await expect(payments.authorize(request(), AbortSignal.timeout(50))).rejects.toThrow();
    await payments.close();
    payments = openPayments();
    // The books went with the memory, and another version asks otherwise.
    expect(await payments.authorize({ ...request(), amountCents: 2600 }, never)).toMatchObject({ type: 'authorized' });
    expect(stripe.intents.size).toBe(1);
  });

  test('but forgets a key after a day: what was asked then is looked for, not asked again', async () => {
    stripe.mishaps.push('lost', 'silence');
    await expect(payments.authorize(request(), AbortSignal.timeout(50))).rejects.toThrow();
    stripe.forgetKeys();
    now += 25 * 3600 * 1000;
    expect(await payments.voidAuthorization('o_1#1', never)).toBe(true);
    expect(statuses()).toEqual(['canceled']);
    expect(stripe.intents.size).toBe(1);
  });
});

test('a payment method that was used is a declined card, and nothing to wait or to be repaired for', async () => {
  await payments.authorize(request(), never);
  await payments.voidAuthorization('o_1#1', never);
  const again = request('pm_ok', 'o_1#1.2');
  expect(await payments.authorize(again, never)).toEqual({ type: 'declined', reason: 'card-declined' });
  expect(await payments.voidAuthorization('o_1#1.2', never)).toBe(true);
});

describe('capture', () => {
  test('takes what is held, once', async () => {
    await payments.authorize(request(), never);
    stripe.mishaps.push('lost');
    expect(await payments.capture('o_1#1', 2500, never)).toBe(true);
    expect(await payments.capture('o_1#1', 2500, never)).toBe(true);
    expect(statuses()).toEqual(['succeeded']);
  });

  test('is refused when Stripe has let go of the amount meanwhile, or when there was none', async () => {
    await payments.authorize(request(), never);
    stripe.intents.get('pi_1')!.status = 'canceled';
    expect(await payments.capture('o_1#1', 2500, never)).toBe(false);
    expect(await payments.capture('o_2#1', 2500, never)).toBe(false);
  });

  test('is a capture when it was done by another hand', async () => {
    await payments.authorize(request(), never);
    stripe.intents.get('pi_1')!.status = 'succeeded';
    expect(await payments.capture('o_1#1', 2500, never)).toBe(true);
  });
});

describe('void', () => {
  test('gives back what is held, and the key holds and takes nothing any more', async () => {
    await payments.authorize(request(), never);
    await payments.voidAuthorization('o_1#1', never);
    await payments.voidAuthorization('o_1#1', never);
    expect(statuses()).toEqual(['canceled']);
    expect(await payments.authorize(request(), never)).toMatchObject({ type: 'declined' });
    expect(await payments.capture('o_1#1', 2500, never)).toBe(false);
  });

  test('says that the money is taken already, and a refund gives it back once', async () => {
    await payments.authorize(request(), never);
    await payments.capture('o_1#1', 2500, never);
    expect(await payments.voidAuthorization('o_1#1', never)).toBe(false);
    stripe.mishaps.push('lost');
    await payments.refund('o_1#1', 2500, never);
    await payments.refund('o_1#1', 2500, never);
    expect(stripe.refunded).toEqual(['pi_1']);
    await expect(payments.refund('o_2#1', 2500, never)).rejects.toThrow(/^nothing was captured under o_2#1$/);
  });

  test('gives back also what was held by a question whose answer was lost', async () => {
    stripe.mishaps.push('lost', 'silence');
    await expect(payments.authorize(request(), AbortSignal.timeout(50))).rejects.toThrow();
    expect(await payments.voidAuthorization('o_1#1', never)).toBe(true);
    expect(statuses()).toEqual(['canceled']);
  });

  test('ends although Stripe repeats a 500 to the key for ever: its list says that nothing is held', async () => {
    stripe.mishaps.push(500);
    await expect(payments.authorize(request(), AbortSignal.timeout(50))).rejects.toThrow();
    await payments.voidAuthorization('o_1#1', never);
    expect(stripe.intents.size).toBe(0);
  });

  test('of a key that was never asked for closes it, and asks nothing', async () => {
    await payments.voidAuthorization('o_1#1', never);
    expect(await payments.authorize(request(), never)).toMatchObject({ type: 'declined' });
    expect(stripe.asked).toEqual([]);
  });
});

describe('cards', () => {
  test('a card number is never taken', async () => {
    const card = { cardNumber: '4242424242424242', expiryMonth: 1, expiryYear: 2090, cvc: '123' };
    await expect(payments.tokenize(card, 's_anna')).rejects.toThrow(
      expect.objectContaining({ code: 'card-number-not-taken' }),
    );
  });

  test('a payment method belongs to the first shopper who comes with it', async () => {
    expect(await payments.describe('pm_ok', 's_anna')).toEqual({ token: 'pm_ok', brand: 'Visa', last4: '4242' });
    expect(await payments.describe('pm_ok', 's_anna')).not.toBeNull();
    expect(await payments.describe('pm_ok', 's_bert')).toBeNull();
    expect(await payments.describe('pm_unknown', 's_anna')).toBeNull();
    expect(await payments.describe('tok_1/../x', 's_anna')).toBeNull();
  });

  test('whose they were is forgotten with the shopper', async () => {
    await payments.describe('pm_ok', 's_anna');
    await payments.forget?.('s_anna');
    expect(await payments.describe('pm_ok', 's_bert')).not.toBeNull();
  });

  test('while Stripe does not answer, nobody can be told about a card', async () => {
    stripe.mishaps.push('network');
    await expect(payments.describe('pm_ok', 's_anna')).rejects.toThrow(
      expect.objectContaining({ kind: 'unavailable' }),
    );
  });
});
