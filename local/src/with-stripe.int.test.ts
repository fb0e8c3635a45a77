import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { memoryChannel } from '@souk/event-channel/memory';
import { serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import { shopBackends, startBackends } from './backends.ts';
import { withStripe } from './with-stripe.ts';

it('changes nothing without its secrets, and says which one is missing', () => {
  expect(withStripe(shopBackends, null, null)).toBe(shopBackends);
  expect(() => withStripe(shopBackends, 'sk_test_1', null)).toThrow(/^STRIPE_WEBHOOK_SECRET: is missing; [^\n]*$/);
  expect(() => withStripe(shopBackends, null, 'whsec_1')).toThrow(/^STRIPE_SECRET_KEY: is missing; [^\n]*$/);
});

it('gives the cart a webhook that only Stripe can call, and a cart that takes no card number', async () => {
  const [channel, dataDir] = [memoryChannel(), mkdtempSync(join(tmpdir(), 'souk-stripe-'))];
  const plans = withStripe(shopBackends, 'sk_test_1', 'whsec_1').filter(({ name }) => name === 'cart');
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
