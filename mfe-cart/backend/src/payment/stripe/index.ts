export { stripePayments } from './stripe-payments.ts';
export type { StripeOptions, StripeSecrets } from './stripe-payments.ts';
