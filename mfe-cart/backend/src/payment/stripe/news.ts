import type Stripe from 'stripe';
import type { DeclineReason } from '../payment-provider.ts';
import type { News } from './payment-book.ts';

/** What an intent says about its payment; `undefined` when nothing is decided yet. */
export function newsOf(intent: Stripe.PaymentIntent): News | undefined {
  const intentId = intent.id;
  switch (intent.status) {
    case 'requires_capture':
      return { state: 'authorized', intentId };
    case 'succeeded':
      return { state: 'captured', intentId };
    case 'canceled':
      return { state: 'cancelled', intentId };
    case 'requires_action':
      return { state: 'action-required', intentId };
    case 'requires_payment_method':
      return { state: 'declined', intentId, reason: reasonOf(intent.last_payment_error) };
    default:
      return undefined;
  }
}

/** Why a card was declined, as far as its holder should know: all else helps but a thief. */
export function reasonOf(error: unknown): DeclineReason {
  const { code, decline_code: declined } = (error ?? {}) as { code?: unknown; decline_code?: unknown };
  if (code === 'payment_intent_authentication_failure' || declined === 'authentication_required')
    return 'not-confirmed';
  return declined === 'insufficient_funds' ? 'insufficient-funds' : 'card-declined';
}
