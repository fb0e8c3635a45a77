import type { Recorded } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';

/** The read model of the figures: what stands in each cart, and the orders with their state. */
export const migrations = [
  `CREATE TABLE line (cart_id TEXT, sku TEXT, quantity INTEGER, price_cents INTEGER, PRIMARY KEY (cart_id, sku)) STRICT, WITHOUT ROWID;
   CREATE TABLE cart_order (order_id TEXT PRIMARY KEY, cart_id TEXT, state TEXT, total_cents INTEGER, placed_at TEXT) STRICT;
   CREATE INDEX cart_order_by_cart ON cart_order (cart_id);`,
];

interface Data {
  readonly cartId: string;
  readonly sku: string;
  readonly quantity: number;
  readonly priceCents: number;
}

/** Takes an event into it, as the read models of the shop do: one or two statements for each. */
export function apply({ event }: Recorded, db: Database): void {
  const { cartId, sku, quantity, priceCents } = event.data as Data;
  switch (event.type) {
    case 'cart.item-quantity-set.v1':
      db.run('INSERT OR REPLACE INTO line VALUES (?, ?, ?, ?)', cartId, sku, quantity, priceCents);
      break;
    case 'cart.order-placed.v1':
      db.run(
        'INSERT OR REPLACE INTO cart_order VALUES (?, ?, ?, ?, ?)',
        ...[event.id, cartId, 'placed', priceCents * quantity, event.time],
      );
      break;
    case 'cart.order-confirmed.v1':
      db.run(`UPDATE cart_order SET state = 'confirmed' WHERE cart_id = ?`, cartId);
      break;
    default:
      db.run('DELETE FROM line WHERE cart_id = ?', cartId);
  }
}
