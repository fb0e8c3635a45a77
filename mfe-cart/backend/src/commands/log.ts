import { subjects } from '@souk/shared-events/integration';
import type { EventChannel, Expect } from '@souk/event-channel';
import { emptyCart, evolveCart } from '../domain/cart.ts';
import type { CartEvent, OrderEvent, ReservationEvent } from '../domain/events.ts';
import { beginOrder, evolveOrder } from '../domain/order.ts';
import type { OrderState } from '../domain/order.ts';
import type { StoredCart } from '../projections/carts/carts.ts';

/** An order folded from the log, what it was placed with, and the revision of its own subject. */
export interface LoggedOrder {
  readonly order: OrderState;
  readonly placed: Extract<OrderEvent, { type: 'cart.order-placed.v2' }>['data'];
  readonly revision: number;
}

/** A cart as the log has it now. */
export interface LoggedCart extends StoredCart {
  /** Orders that were taken out of it. */
  readonly boughtBy: ReadonlySet<string>;
  /** Events of other carts whose goods lie in it. */
  readonly takenIn: ReadonlySet<string>;
  /** The event that handed it over, if one did. */
  readonly handedOver: HandedOver | undefined;
}

/** A cart that went into another, and the event that says so. */
export interface HandedOver {
  readonly id: string;
  readonly data: Extract<CartEvent, { type: 'cart.handed-over.v1' }>['data'];
}

/** A cart as the log has it now. */
export async function readCart(channel: EventChannel, cartId: string): Promise<LoggedCart> {
  let cart: StoredCart = { state: emptyCart, revision: 0 };
  let handedOver: HandedOver | undefined;
  const boughtBy = new Set<string>();
  const takenIn = new Set<string>();
  for await (const { event, position } of channel.read(subjects.cart(cartId))) {
    const cartEvent = event as unknown as CartEvent;
    if (cartEvent.type === 'cart.checked-out.v1') boughtBy.add(cartEvent.data.orderId);
    if (cartEvent.type === 'cart.taken-in.v1') takenIn.add(cartEvent.data.handOverId);
    if (cartEvent.type === 'cart.handed-over.v1') handedOver = { id: event.id, data: cartEvent.data };
    cart = { state: evolveCart(cart.state, cartEvent), revision: position };
  }
  return { ...cart, boughtBy, takenIn, handedOver };
}

/** An order and what the catalogue said about it, as the log has them now; undefined when there is none. */
export async function readOrder(channel: EventChannel, orderId: string): Promise<LoggedOrder | undefined> {
  let logged: LoggedOrder | undefined;
  for await (const { event, position: revision } of channel.read(subjects.order(orderId))) {
    const orderEvent = event as unknown as OrderEvent;
    if (orderEvent.type === 'cart.order-placed.v2')
      logged = { order: beginOrder(orderEvent, event.time), placed: orderEvent.data, revision };
    else if (logged) logged = { ...logged, order: evolveOrder(logged.order, orderEvent, event.time), revision };
  }
  if (logged === undefined) return undefined;
  for await (const { event } of channel.read(subjects.reservation(orderId)))
    logged = { ...logged, order: evolveOrder(logged.order, event as unknown as ReservationEvent, event.time) };
  return logged;
}

/** What an append at this revision expects. */
export function expecting(revision: number): Expect {
  return revision === 0 ? 'no-stream' : { revision };
}

/** Somebody else was faster; told by its code, as there may be several copies of the class. */
export function isWrongRevision(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'wrong-revision';
}
