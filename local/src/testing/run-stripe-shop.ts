/**
 * The shop with Stripe as who moves the money, and Stripe's API played in its process. What the bank of a card holder says
 * comes as a message: `{ confirm: 'pi_1', isConfirmed: true }`.
 */
import { playStripe } from '@souk/cart-backend/stripe/testing';
import { main } from '../main.ts';

const stripe = playStripe({ pm_ok: 'ok', pm_poor: 'insufficient_funds', pm_3ds: '3ds' });
process.on('message', (said: { confirm: string; isConfirmed: boolean }) => {
  stripe.confirm(said.confirm, said.isConfirmed);
  process.send?.({ confirmed: said.confirm });
});
const keys = { STRIPE_SECRET_KEY: 'sk_test_0123456789', STRIPE_PUBLISHABLE_KEY: 'pk_test_0123456789' };
await main({ ...process.env, ...keys, STRIPE_WEBHOOK_SECRET: 'whsec_0123456789' });
