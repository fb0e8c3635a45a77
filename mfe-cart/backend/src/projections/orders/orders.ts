import type { Order, OrderList } from '@souk/cart-api';
import type { Recorded } from '@souk/event-channel';
import type { Database, KeyStore } from '@souk/service-kit';
import type { OrderEvent, ReservationEvent } from '../../domain/events.ts';
import { subjects } from '@souk/shared-events/integration';
import { checkoutOf } from '../../domain/checkout-saga.ts';
import { beginOrder, evolveOrder, isUnderWay } from '../../domain/order.ts';
import type { Delay, OrderState } from '../../domain/order.ts';
import { priceOf } from '../price-list/price-list.ts';

/** Tables of this projection: orders by their own stream, reservations by the catalogue's, joined when read. */
export const ordersSchema = `
  CREATE TABLE orders (order_id TEXT PRIMARY KEY, shopper_id TEXT NOT NULL, placed_at TEXT NOT NULL,
    state TEXT NOT NULL) STRICT;
  CREATE INDEX orders_by_shopper ON orders (shopper_id, placed_at DESC);
  CREATE TABLE reservations (order_id TEXT PRIMARY KEY, event TEXT NOT NULL, at TEXT NOT NULL) STRICT;`;

const reservationTypes: readonly string[] = [
  'catalog.stock-reserved.v1',
  'catalog.stock-rejected.v1',
  'catalog.stock-held.v1',
  'catalog.stock-released.v1',
] satisfies ReservationEvent['type'][];

/** Keeps orders up with their events; what is about the shopper stays sealed here. */
export function projectOrder({ event }: Recorded, db: Database, keys: KeyStore): void {
  const orderEvent = event as unknown as OrderEvent;
  const before = stateOf(db, orderEvent.data.orderId);
  const order =
    orderEvent.type === 'cart.order-placed.v2'
      ? beginOrder(orderEvent, event.time)
      : before && evolveOrder(before, orderEvent, event.time);
  if (order === undefined) return;
  const { orderId, shopperId, placedAt } = order;
  const state = JSON.stringify(sealed(order, keys));
  db.run('INSERT OR REPLACE INTO orders VALUES (?, ?, ?, ?)', orderId, shopperId, placedAt, state);
}

/** Keeps what a checkout waits for longer than usual. */
export function projectCheckout({ subject, event }: Recorded, db: Database): void {
  const { type, data } = event as { type: string; data: { step?: string } };
  if (!type.startsWith('cart.saga-')) return;
  const { orderId } = checkoutOf(subject.slice(subjects.saga('').length)) ?? { orderId: '' };
  const order = stateOf(db, orderId);
  if (order === undefined) return;
  const delayed = delayAfter(type, data.step, order.delayed ?? null);
  if (delayed === (order.delayed ?? null)) return;
  db.run('UPDATE orders SET state = ? WHERE order_id = ?', JSON.stringify({ ...order, delayed }), orderId);
}

function delayAfter(type: string, step: string | undefined, before: Delay | null): Delay | null {
  // Shoppers may take their time at their bank.
  if (step === 'confirm-with-bank') return null;
  if (type === 'cart.saga-step-timed-out.v1') return step === 'reserve-stock' ? 'stock' : 'payment';
  if (type === 'cart.saga-parked.v1') return 'person';
  // Another attempt is still the same delay.
  return type === 'cart.saga-step-started.v1' ? before : null;
}

/** Keeps the catalogue's answers; they may come before the order itself, as they travel in another stream. */
export function projectReservation({ event }: Recorded, db: Database): void {
  const { type, data } = event as unknown as ReservationEvent;
  if (!reservationTypes.includes(type)) return;
  db.run(
    'INSERT OR REPLACE INTO reservations VALUES (?, ?, ?)',
    data.orderId,
    JSON.stringify({ type, data }),
    event.time,
  );
}

/** An order with its reservation; undefined when there is none. */
export function orderOf(db: Database, orderId: string): OrderState | undefined {
  const order = stateOf(db, orderId);
  return order && withReservation(db, order);
}

/** A shopper's orders, also those placed as a guest, newest first, at most 100. */
export function ordersOf(db: Database, shopperId: string): OrderState[] {
  return db
    .all<{ state: string }>(`SELECT state FROM orders WHERE ${isTheirs} ORDER BY placed_at DESC LIMIT 100`, shopperId)
    .map((row) => withReservation(db, JSON.parse(row.state)));
}

/** How many orders a shopper has. */
export function countOrders(db: Database, shopperId: string): number {
  return db.get<{ count: number }>(`SELECT count(*) AS count FROM orders WHERE ${isTheirs}`, shopperId)?.count ?? 0;
}

const isTheirs = 'shopper_id IN (SELECT ?1 UNION ALL SELECT guest_id FROM customers WHERE customer_id = ?1)';

/**
 * An order as its shopper may see it: no token, no ids of the payment provider. When the shopper has been erased, the order
 * is kept for the books and says so, with nothing in address and card.
 */
export function viewOrder(db: Database, keys: KeyStore, order: OrderState): Order {
  const { orderId, status, subtotalCents, shippingCents, taxCents, totalCents, currency, placedAt } = order;
  const delivery = keys.open(order.delivery, order.shopperId);
  return {
    orderId,
    status,
    lines: order.lines.map((line) => ({
      ...line,
      lineTotalCents: line.quantity * line.unitPriceCents,
      picture: priceOf(db, line.sku)?.picture ?? null,
    })),
    subtotalCents,
    shippingCents,
    taxCents,
    totalCents,
    currency,
    delivery: delivery ?? nowhere,
    payment: { brand: order.payment.brand, last4: keys.open(order.payment.last4, order.shopperId) ?? '' },
    ...(delivery === undefined && { erased: true }),
    placedAt,
    timeline: [...order.timeline],
    ...(order.reason !== null && { reason: order.reason }),
    ...(order.toConfirm !== undefined && isUnderWay(status) && { actionRequired: true }),
    ...(order.delayed && isUnderWay(status) && { delayed: order.delayed }),
    ...(order.shortages.length > 0 && { shortages: [...order.shortages] }),
  };
}

const nowhere: Order['delivery'] = { name: '', email: '', street: '', city: '', postcode: '', country: '' };

/** The short form for a list. */
export function summarizeOrder(order: OrderState): OrderList['orders'][number] {
  const { orderId, status, placedAt, totalCents, currency } = order;
  return { orderId, status, placedAt, totalCents, currency, count: order.lines.reduce((n, l) => n + l.quantity, 0) };
}

/** An order from before there were seals gets them here. */
function sealed(order: OrderState, keys: KeyStore): OrderState {
  const { shopperId, delivery, payment } = order;
  const card = { ...payment, last4: keys.keep(payment.last4, shopperId) };
  return { ...order, delivery: keys.keep(delivery, shopperId), payment: card };
}

function stateOf(db: Database, orderId: string): OrderState | undefined {
  const row = db.get<{ state: string }>('SELECT state FROM orders WHERE order_id = ?', orderId);
  return row && JSON.parse(row.state);
}

function withReservation(db: Database, order: OrderState): OrderState {
  const row = db.get<{ event: string; at: string }>(
    'SELECT event, at FROM reservations WHERE order_id = ?',
    order.orderId,
  );
  return row ? evolveOrder(order, JSON.parse(row.event) as ReservationEvent, row.at) : order;
}
