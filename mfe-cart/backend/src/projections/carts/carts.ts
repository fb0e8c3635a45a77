import type { Cart, CartLine } from '@souk/cart-api';
import type { Recorded } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import { emptyCart, evolveCart } from '../../domain/cart.ts';
import type { CartState } from '../../domain/cart.ts';
import type { CartEvent } from '../../domain/events.ts';
import { currency, totalsOf } from '../../domain/totals.ts';
import { priceOf } from '../price-list/price-list.ts';

/** A cart as it stands, and the revision it was read at; 0 before its first event. */
export interface StoredCart {
  readonly state: CartState;
  readonly revision: number;
}

/** Tables of this projection. */
export const cartsSchema = `
  CREATE TABLE carts (cart_id TEXT PRIMARY KEY, state TEXT NOT NULL, revision INTEGER NOT NULL) STRICT;`;

/** Keeps carts up with their events. */
export function projectCart({ event, position }: Recorded, db: Database): void {
  const cartEvent = event as unknown as CartEvent;
  const { cartId } = cartEvent.data;
  const next = evolveCart(cartOf(db, cartId).state, cartEvent);
  db.run('INSERT OR REPLACE INTO carts VALUES (?, ?, ?)', cartId, JSON.stringify(next), position);
}

/** The cart, empty when there is none yet. */
export function cartOf(db: Database, cartId: string): StoredCart {
  const row = db.get<{ state: string; revision: number }>(
    'SELECT state, revision FROM carts WHERE cart_id = ?',
    cartId,
  );
  return row ? { state: JSON.parse(row.state), revision: row.revision } : { state: emptyCart, revision: 0 };
}

/** The cart at today's prices, stock and totals. */
export function viewCart(db: Database, state: CartState): Cart {
  const lines = state.lines.flatMap(({ sku, quantity }): CartLine[] => {
    const price = priceOf(db, sku);
    if (price === undefined) return [];
    const { onSale: _onSale, currency: _currency, ...shown } = price;
    const problem = price.available === 0 ? 'sold-out' : price.available < quantity ? 'not-enough' : undefined;
    return [{ ...shown, quantity, lineTotalCents: quantity * price.unitPriceCents, ...(problem && { problem }) }];
  });
  const count = lines.reduce((sum, line) => sum + line.quantity, 0);
  const capped = (state.capped ?? []).flatMap(({ sku, wanted, quantity }) => {
    const line = lines.find((each) => each.sku === sku);
    return line ? [{ title: line.title, variant: line.variant, wanted, quantity }] : [];
  });
  return { lines, count, ...totalsOf(lines), currency, ...(capped.length > 0 && { capped }) };
}
