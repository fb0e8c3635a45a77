import type { OrderEvent } from './events.ts';
import type { OrderState } from './order.ts';

/**
 * The checkout as a process manager without I/O: from what has happened to the one thing to do next, and from how
 * that went to the events that record it. It asks the state, not the last event, so a restart at any point, a
 * redelivery or a duplicate all come to the same next step.
 */
export type CheckoutStep =
  | {
      readonly type: 'authorize-payment';
      readonly key: string;
      readonly token: string;
      readonly amountCents: number;
      readonly currency: string;
    }
  | { readonly type: 'capture-payment'; readonly key: string; readonly amountCents: number }
  | { readonly type: 'void-payment'; readonly key: string }
  | { readonly type: 'empty-cart' };

/** How a step went. `unanswered` is only reported once the key is closed, so that nothing can be charged later. */
export type StepOutcome =
  | { readonly type: 'authorized'; readonly authorizationId: string }
  | { readonly type: 'declined'; readonly reason: 'card-declined' | 'insufficient-funds' }
  | { readonly type: 'unanswered'; readonly attempts: number }
  | { readonly type: 'captured' }
  | { readonly type: 'cart-emptied' }
  | { readonly type: 'capture-refused' }
  | { readonly type: 'voided' };

/** The next thing to do for an order, or null: it waits for the catalogue or the shopper, or is over. */
export function nextStep(order: OrderState): CheckoutStep | null {
  const key = paymentKey(order);
  switch (order.status) {
    case 'placed': {
      const { totalCents, currency, payment } = order;
      return { type: 'authorize-payment', key, token: payment.token, amountCents: totalCents, currency };
    }
    case 'authorized':
      return order.reservation === 'rejected' ? { type: 'void-payment', key } : null;
    case 'reserved':
      // The cart is emptied before the order is confirmed: while it still holds the goods the order counts as under
      // way, so that the same cart cannot be bought twice.
      return order.captured ? { type: 'empty-cart' } : { type: 'capture-payment', key, amountCents: order.totalCents };
    case 'confirmed':
    case 'payment-declined':
    case 'payment-failed':
    case 'sold-out':
      return null;
    default:
      return order.status satisfies never;
  }
}

/** The events of one commit that record how the step went. */
export function eventsAfter(order: OrderState, outcome: StepOutcome): readonly OrderEvent[] {
  const { orderId, currency, totalCents: amountCents, authorizationId, shortages } = order;
  const lines = order.lines.map(({ sku, quantity }) => ({ sku, quantity }));
  switch (outcome.type) {
    case 'authorized':
      return [
        {
          type: 'cart.payment-authorized.v1',
          data: { orderId, authorizationId: outcome.authorizationId, amountCents, currency },
        },
        { type: 'cart.stock-requested.v1', data: { orderId, lines } },
      ];
    case 'declined':
      return [{ type: 'cart.payment-declined.v1', data: { orderId, reason: outcome.reason } }];
    case 'unanswered':
      return [{ type: 'cart.payment-unanswered.v1', data: { orderId, attempts: outcome.attempts } }];
    case 'captured':
      return [
        {
          type: 'cart.payment-captured.v1',
          data: { orderId, authorizationId: authorizationId ?? '', amountCents, currency },
        },
      ];
    case 'cart-emptied':
      return [{ type: 'cart.order-confirmed.v1', data: { orderId } }];
    case 'voided':
      return [
        { type: 'cart.payment-voided.v1', data: { orderId, authorizationId: authorizationId ?? '' } },
        {
          type: 'cart.order-rejected.v1',
          data: { orderId, reason: 'sold-out', ...(shortages.length > 0 && { shortages }) },
        },
      ];
    case 'capture-refused':
      // Compensation in reverse: what was reserved last goes back first.
      return [
        { type: 'cart.stock-release-requested.v1', data: { orderId } },
        { type: 'cart.payment-voided.v1', data: { orderId, authorizationId: authorizationId ?? '' } },
        { type: 'cart.order-rejected.v1', data: { orderId, reason: 'payment-failed' } },
      ];
    default:
      return outcome satisfies never;
  }
}

/** Idempotency key of one card on one order, so that asking the provider twice charges once. */
export function paymentKey(order: Pick<OrderState, 'orderId' | 'attempt'>): string {
  return `${order.orderId}#${order.attempt}`;
}
