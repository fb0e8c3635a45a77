import type { Checkout } from '@souk/cart-api';
import { newKey } from './cart-api.ts';

/** A checkout whose outcome is not known yet: sent with the same key, it is the same order. */
export interface Attempt {
  readonly key: string;
  readonly body: Checkout;
  readonly last4: string;
}

const place = 'souk.cart.attempt';

/** The attempt to repeat: there is one, and the shopper still wants the same. */
export function unfinishedAttempt(wish: Omit<Checkout, 'paymentToken'>, last4: string): Attempt | undefined {
  const kept = sessionStorage.getItem(place);
  if (kept === null) return undefined;
  const attempt = JSON.parse(kept) as Attempt;
  const { paymentToken: _token, ...before } = attempt.body;
  return attempt.last4 === last4 && JSON.stringify(before) === JSON.stringify(wish) ? attempt : undefined;
}

/** Keeps an attempt over a reload, before it is sent. It holds a token, never a card number. */
export function keepAttempt(body: Checkout, last4: string): Attempt {
  const key = newKey();
  const { paymentToken, ...wish } = body;
  const attempt: Attempt = { key, body: { ...wish, paymentToken }, last4 };
  sessionStorage.setItem(place, JSON.stringify(attempt));
  return attempt;
}

/** The outcome is known. */
export function forgetAttempt(): void {
  sessionStorage.removeItem(place);
}
