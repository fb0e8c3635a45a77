import type { PaymentToken } from '@souk/cart-api';
import type { KeyStore } from '@souk/service-kit';
import type { Payment } from '../domain/events.ts';

/** A card as events hold it: its last digits are the shopper's, the token means something to the provider alone. */
export function sealCard(keys: KeyStore, shopperId: string, card: PaymentToken): Payment {
  const { token, brand, last4 } = card;
  return { token, brand, last4: keys.seal(shopperId, last4) };
}
