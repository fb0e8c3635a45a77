import type { Cart } from './cart.ts';

/** Codes of problem documents that a caller of this API can act on. */
export type CartProblemCode =
  | 'unknown-sku'
  | 'not-enough-stock'
  | 'cart-empty'
  | 'cart-full'
  | 'cart-handed-over'
  | 'price-changed'
  | 'checkout-in-progress'
  | 'order-not-payable'
  | 'payment-token-unknown'
  | 'idempotency-key-missing'
  | 'idempotency-key-reused'
  | 'still-running'
  | 'no-handler'
  | 'invalid';

/** Members of a problem document that belong to this API. */
export interface CartProblem {
  readonly code: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[];
  /** With `not-enough-stock`: the line and what is left of it. */
  readonly sku?: string;
  readonly available?: number;
  /** With `price-changed`: the cart at today's prices. */
  readonly cart?: Cart;
  /** With `checkout-in-progress`: the order that is under way. */
  readonly orderId?: string;
  /** With `still-running`: address of the operation, which shows the result when it comes. */
  readonly operation?: string;
}
