import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { memoryChannel } from '@souk/event-channel/memory';
import { serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import { shopBackends, startBackends } from './backends.ts';
import { withStripe } from './with-stripe.ts';

const keys = {
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
};
const none = { STRIPE_SECRET_KEY: null, STRIPE_PUBLISHABLE_KEY: null, STRIPE_WEBHOOK_SECRET: null };

it('changes nothing without its keys, says which one is missing, and that two do not belong together', () => {
  expect(withStripe(shopBackends, none)).toEqual({ backends: shopBackends, policyExceptions: [] });
  for (const name of Object.keys(keys))
    expect(() => withStripe(shopBackends, { ...keys, [name]: null })).toThrow(
      new RegExp(`^${name}: is missing; [^\\n]*$`),
    );
  expect(() => withStripe(shopBackends, { ...keys, STRIPE_PUBLISHABLE_KEY: 'pk_live_1' })).toThrow(
    /not of the same mode/,
  );
});

it('gives the cart a webhook that only Stripe can call, and a cart that takes no card number', async () => {
  const [channel, dataDir] = [memoryChannel(), mkdtempSync(join(tmpdir(), 'souk-stripe-'))];
  const plans = withStripe(shopBackends, keys).backends.filter(({ name }) => name === 'cart');
  const backends = startBackends(plans, { channel, dataDir, log: testLog, sessionSecret: TEST_SECRET });
  await backends.settled;
  const server = await serve({ handler: (request, response) => backends.handlers['cart']?.(request, response) });
  const card = { cardNumber: '4242424242424242', expiryMonth: 1, expiryYear: 2090, cvc: '123' };
  const answers = await Promise.all([
    server.fetch('/api/cart/stripe/webhook', { method: 'POST', json: {} }),
    server.fetch('/api/cart/payment-tokens', { method: 'POST', json: card }),
  ]);
  const codes = await Promise.all(answers.map(async (answer) => ((await answer.json()) as { code: string }).code));
  expect(answers.map(({ status }) => status)).toEqual([400, 400]);
  expect(codes).toEqual(['signature-invalid', 'card-number-not-taken']);
  await server.close();
  await backends.close();
  await channel.close();
  rmSync(dataDir, { recursive: true });
});
