import { setupServer } from 'msw/node';
import { fakeStripe } from './fake-stripe.ts';
import type { FakeStripe } from './fake-stripe.ts';

/** Plays Stripe for everything in this process from now on; what goes elsewhere goes there. */
export function playStripe(cards: Readonly<Record<string, string>>): FakeStripe {
  const stripe = fakeStripe(cards);
  setupServer(...stripe.handlers).listen({ onUnhandledFrame: 'bypass' });
  return stripe;
}
