import { projection } from '@souk/service-kit';
import type { Database, KeyStore, Logger, Projection } from '@souk/service-kit';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { cartsSchema, projectCart } from './projections/carts/carts.ts';
import { customersSchema, projectSignIn } from './projections/customers/customers.ts';
import { ordersSchema, projectCheckout, projectOrder, projectReservation } from './projections/orders/orders.ts';
import { priceListSchema, projectPriceList } from './projections/price-list/price-list.ts';

/** Schema of `cart.db`, step by step. Everything in it can be rebuilt from the log. */
export const migrations = [
  `${priceListSchema}${cartsSchema}${ordersSchema}`,
  // Orders are sealed from here on: everything is built anew.
  `DELETE FROM prices; DELETE FROM stock; DELETE FROM carts; DELETE FROM orders; DELETE FROM reservations;
   DELETE FROM souk_checkpoint WHERE name = 'cart';`,
  customersSchema,
];

/** Carts, orders and the price list, kept up with our own stream, the catalogue's, and who signed in. */
export function readModel(channel: EventChannel, db: Database, keys: KeyStore, log: Logger): Projection {
  return projection({
    ...{ name: 'cart', channel, db, log },
    tables: ['prices', 'stock', 'carts', 'orders', 'reservations', 'customers'],
    sources: [{ stream: 'cart' }, { stream: 'catalog' }, { stream: 'account' }],
    apply: (recorded, into) => apply(recorded, into, keys),
  });
}

function apply(recorded: Recorded, db: Database, keys: KeyStore): void {
  const [owner, kind] = recorded.subject.split('.');
  if (owner === 'account') projectSignIn(recorded, db);
  else if (owner === 'catalog') {
    projectPriceList(recorded, db);
    if (kind === 'reservation') projectReservation(recorded, db);
  } else if (kind === 'cart') projectCart(recorded, db);
  else if (kind === 'order') projectOrder(recorded, db, keys);
  else if (kind === 'saga') projectCheckout(recorded, db);
}
