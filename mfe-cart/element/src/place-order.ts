import type { Checkout, PaymentToken } from '@souk/cart-api';
import { forgetAttempt, keepAttempt, unfinishedAttempt } from './attempt.ts';
import { checkOut } from './cart-api.ts';
import { refusalOf } from './refusal.ts';

/**
 * Sends an order; the same attempt again, with its own card, when nobody knows how the last one ended.
 * @param accepted the shop has it, and takes longer than usual
 * @returns id of the order
 * @throws {CartApiError}
 */
export async function placeOrder(
  wish: Omit<Checkout, 'paymentToken'>,
  { token: paymentToken, last4 }: PaymentToken,
  accepted: () => void,
): Promise<string> {
  const attempt = unfinishedAttempt(wish, last4) ?? keepAttempt({ ...wish, paymentToken }, last4);
  try {
    const { orderId } = await checkOut(attempt.body, attempt.key, accepted);
    forgetAttempt();
    return orderId;
  } catch (error) {
    if (!refusalOf(error).unknown) forgetAttempt();
    throw error;
  }
}
