import { join } from 'node:path';
import { ConfigError } from '@souk/service-kit';
import type { BackendPlan } from './backends.ts';

/**
 * The same backends, with Stripe as who moves the money when its two secrets are given. Loaded only then.
 * @throws {ConfigError} one of the two is missing
 */
export const withStripe = (
  plans: readonly BackendPlan[],
  secretKey: string | null,
  webhookSecret: string | null,
): readonly BackendPlan[] => {
  if (secretKey === null && webhookSecret === null) return plans;
  if (secretKey === null) throw missing('STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET');
  if (webhookSecret === null) throw missing('STRIPE_WEBHOOK_SECRET', 'STRIPE_SECRET_KEY');
  return plans.map((plan) => (plan.name === 'cart' ? cartWith({ secretKey, webhookSecret }) : plan));
};

const cartWith = (secrets: { readonly secretKey: string; readonly webhookSecret: string }): BackendPlan => ({
  name: 'cart',
  async create(options) {
    const [{ createCartBackend }, { stripePayments }] = await Promise.all([
      import('@souk/cart-backend'),
      import('@souk/cart-backend/stripe'),
    ]);
    const clock = options.clock === undefined ? {} : { clock: options.clock };
    const file = join(options.sharedDir ?? options.dataDir, 'payments-stripe.db');
    return createCartBackend({ ...options, provider: stripePayments({ ...secrets, ...clock, file }) });
  },
});

const missing = (name: string, other: string): ConfigError =>
  new ConfigError([`${name}: is missing; ${other} is set, and payments by Stripe need both`]);
