import type { Delivery, Fact, OrderEvent, OrderLine, Payment, ReservationEvent, Shortage } from './events.ts';
import { RuleBroken } from './rule-broken.ts';
import type { Totals } from './totals.ts';

/** Where an order stands. `payment-failed`: the provider did not answer in time; nothing was charged. */
export type OrderStatus =
  'placed' | 'authorized' | 'reserved' | 'confirmed' | 'payment-declined' | 'sold-out' | 'payment-failed';

/** Who keeps an order waiting: the payment provider, the catalogue, or it needs a person. */
export type Delay = 'payment' | 'stock' | 'person';

/** An order as its events tell it. */
export interface OrderState extends Totals {
  readonly orderId: string;
  readonly cartId: string;
  readonly shopperId: string;
  readonly status: OrderStatus;
  readonly lines: readonly OrderLine[];
  readonly currency: 'EUR';
  readonly delivery: Delivery;
  readonly payment: Payment;
  /** 1 for the first card, one more with each other card. */
  readonly attempt: number;
  readonly authorizationId: string | null;
  /** The money has been taken. */
  readonly captured: boolean;
  readonly reservation: 'reserved' | 'rejected' | null;
  readonly reason: string | null;
  readonly shortages: readonly Shortage[];
  /** Key of the payment that the shopper must confirm with their bank. */
  readonly toConfirm?: string;
  /** Set while its checkout takes longer than usual. */
  readonly delayed?: Delay | null;
  readonly placedAt: string;
  readonly timeline: readonly { readonly status: OrderStatus; readonly at: string }[];
}

/** The order after `cart.order-placed.v2`, which is always its first event. `at` is ISO 8601 UTC. */
export function beginOrder(placed: Extract<OrderEvent, { type: 'cart.order-placed.v2' }>, at: string): OrderState {
  return {
    ...placed.data,
    status: 'placed',
    attempt: 1,
    authorizationId: null,
    captured: false,
    reservation: null,
    reason: null,
    shortages: [],
    placedAt: at,
    timeline: [{ status: 'placed', at }],
  };
}

/**
 * The order after one more event, its own or one of its reservation; `at` is the event's time. An event that comes a second
 * time, or is about an earlier card, changes nothing.
 */
export function evolveOrder(order: OrderState, event: OrderEvent | ReservationEvent, at: string): OrderState {
  if ('attempt' in event.data && event.type !== 'cart.payment-changed.v2' && event.data.attempt !== order.attempt)
    return order;
  switch (event.type) {
    case 'cart.payment-changed.v2': {
      const { payment, attempt } = event.data;
      return move({ ...order, payment, attempt, reason: null, reservation: null, captured: false }, 'placed', at);
    }
    case 'cart.payment-authorized.v1':
      if (order.status !== 'placed') return order;
      return move({ ...order, authorizationId: event.data.authorizationId }, 'authorized', at);
    case 'cart.payment-action-required.v1':
      return order.status === 'placed' ? { ...order, toConfirm: event.data.key } : order;
    case 'cart.payment-declined.v1':
      return order.status === 'placed' ? move({ ...order, reason: event.data.reason }, 'payment-declined', at) : order;
    case 'cart.payment-unanswered.v1':
      return isUnderWay(order.status) ? move({ ...order, reason: 'provider-unanswered' }, 'payment-failed', at) : order;
    case 'catalog.stock-reserved.v1':
    case 'catalog.stock-held.v1':
      if (order.reservation === 'reserved') return order;
      // Another stream: this may be folded after the confirmation that followed from it.
      return order.status === 'authorized'
        ? move({ ...order, reservation: 'reserved' }, 'reserved', at)
        : { ...order, reservation: 'reserved', timeline: inOrder(order, 'reserved', at) };
    case 'catalog.stock-rejected.v1':
      return { ...order, reservation: 'rejected', shortages: event.data.shortages };
    case 'catalog.stock-released.v1':
    case 'catalog.stock-not-held.v1':
      return { ...order, reservation: order.reservation === 'rejected' ? 'rejected' : null };
    case 'cart.order-confirmed.v1':
      return isUnderWay(order.status) ? move(order, 'confirmed', at) : order;
    case 'cart.order-rejected.v1': {
      if (!isUnderWay(order.status)) return order;
      const soldOut = event.data.reason === 'sold-out';
      const shortages = event.data.shortages ?? order.shortages;
      return move({ ...order, reason: event.data.reason, shortages }, soldOut ? 'sold-out' : 'payment-failed', at);
    }
    case 'cart.payment-captured.v1':
      return { ...order, captured: true };
    case 'cart.payment-voided.v1':
    case 'cart.payment-refunded.v1':
      return { ...order, authorizationId: null, captured: false };
    case 'cart.order-placed.v2':
    case 'cart.payment-capture-refused.v1':
    case 'cart.stock-requested.v1':
    case 'cart.stock-release-requested.v1':
      return order;
    default:
      return event satisfies never;
  }
}

/**
 * Another card for the same order.
 * @throws {RuleBroken} `order-not-payable` unless the last card was declined or the payment failed
 */
export function decidePayAgain(order: OrderState, payment: Payment): Fact<'cart.payment-changed.v2'> {
  if (!isPayable(order)) throw new RuleBroken('order-not-payable', 'This order does not wait for another card.');
  return { type: 'cart.payment-changed.v2', data: { orderId: order.orderId, attempt: order.attempt + 1, payment } };
}

/** Waits for another card. */
export function isPayable({ status }: Pick<OrderState, 'status'>): boolean {
  return status === 'payment-declined' || status === 'payment-failed';
}

/**
 * What a checkout that has failed means for its order: an event, or nothing where that was said already.
 * @param attempt which card it tried
 * @param attempts how often the provider was asked
 */
export function decideEnd(order: OrderState, attempt: number, attempts: number): readonly OrderEvent[] {
  if (order.attempt !== attempt || !isUnderWay(order.status)) return [];
  const { orderId, status, reservation, shortages } = order;
  if (reservation === 'rejected')
    return [
      {
        type: 'cart.order-rejected.v1',
        data: { orderId, reason: 'sold-out', ...(shortages.length > 0 && { shortages }) },
      },
    ];
  if (status === 'placed' && order.toConfirm !== undefined)
    return [{ type: 'cart.payment-declined.v1', data: { orderId, attempt, reason: 'not-confirmed' } }];
  if (status === 'placed') return [{ type: 'cart.payment-unanswered.v1', data: { orderId, attempt, attempts } }];
  return [{ type: 'cart.order-rejected.v1', data: { orderId, reason: 'payment-failed' } }];
}

/** Still moving by itself: neither done nor waiting for the shopper. */
export function isUnderWay(status: OrderStatus): boolean {
  return status === 'placed' || status === 'authorized' || status === 'reserved';
}

function move(order: OrderState, status: OrderStatus, at: string): OrderState {
  const { toConfirm: _over, ...rest } = order;
  return { ...rest, status, timeline: [...order.timeline, { status, at }] };
}

function inOrder(order: OrderState, status: OrderStatus, at: string): OrderState['timeline'] {
  const later = order.timeline.findIndex((step) => step.status === 'confirmed');
  return later < 0 ? [...order.timeline, { status, at }] : order.timeline.toSpliced(later, 0, { status, at });
}
