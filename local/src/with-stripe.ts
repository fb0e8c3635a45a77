import { join } from 'node:path';
import { ConfigError } from '@souk/service-kit';
import type { ShopOptions } from './shop.ts';
import type { BackendPlan } from './backends.ts';

/** What Stripe and the shop know each other by; absent what is not set. */
export interface StripeConfig {
  readonly STRIPE_SECRET_KEY: string | null;
  readonly STRIPE_PUBLISHABLE_KEY: string | null;
  readonly STRIPE_WEBHOOK_SECRET: string | null;
}

/** Only where a card is asked for, or its holder has to confirm. @see https://docs.stripe.com/security/guide */
const stripePages: NonNullable<ShopOptions['policyExceptions']> = [
  {
    routes: ['/checkout', '/orders/:id'],
    connect: ['https://api.stripe.com'],
    frame: ['https://js.stripe.com', 'https://*.js.stripe.com', 'https://hooks.stripe.com'],
    trustedTypes: ['default'],
  },
];

/**
 * The same backends, with Stripe as who moves the money when its keys are given, and what its part of the page needs.
 * Loaded only then.
 * @throws {ConfigError} one of the keys is missing, or one is for tests and the other for real money
 */
export const withStripe = (
  plans: readonly BackendPlan[],
  config: StripeConfig,
): Required<Pick<ShopOptions, 'backends' | 'policyExceptions'>> => {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_PUBLISHABLE_KEY: publishableKey } = config;
  const { STRIPE_WEBHOOK_SECRET: webhookSecret } = config;
  if (secretKey === null && publishableKey === null && webhookSecret === null)
    return { backends: plans, policyExceptions: [] };
  if (secretKey === null || publishableKey === null || webhookSecret === null) throw missing(config);
  if (modeOf(secretKey) !== modeOf(publishableKey))
    throw new ConfigError(['STRIPE_PUBLISHABLE_KEY: is not of the same mode, live or test, as STRIPE_SECRET_KEY']);
  const cart = cartWith({ secretKey, publishableKey, webhookSecret });
  return { backends: plans.map((plan) => (plan.name === 'cart' ? cart : plan)), policyExceptions: stripePages };
};

const cartWith = (keys: Record<'secretKey' | 'publishableKey' | 'webhookSecret', string>): BackendPlan => ({
  name: 'cart',
  async create(options) {
    const [{ createCartBackend }, { stripePayments }] = await Promise.all([
      import('@souk/cart-backend'),
      import('@souk/cart-backend/stripe'),
    ]);
    const { log, clock = () => new Date() } = options;
    const file = join(options.sharedDir ?? options.dataDir, 'payments-stripe.db');
    return createCartBackend({ ...options, provider: stripePayments({ ...keys, clock, log, file }) });
  },
});

const missing = (config: StripeConfig): ConfigError => {
  const names = Object.keys(config) as (keyof StripeConfig)[];
  const set = names.filter((name) => config[name] !== null).join(' and ');
  const lines = names.filter((name) => config[name] === null);
  return new ConfigError(
    lines.map((name) => `${name}: is missing; ${set} is set, and payments by Stripe need all three`),
  );
};

/** `sk_test_…`, `pk_live_…` */
const modeOf = (key: string): string | undefined => /^[a-z]+_(live|test)_/.exec(key)?.[1];
