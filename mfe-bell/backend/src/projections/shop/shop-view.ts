import type { Product } from '@souk/bell-api';
import type { Database } from '@souk/service-kit';

/** A variant whose price an event has changed. */
export interface PriceChange {
  readonly sku: string;
  readonly fromCents: number;
  readonly toCents: number;
}

/** What the bell knows of the shop: the answers to what its reactors ask. */
export interface ShopView {
  shopperOfOrder(orderId: string): string | undefined;
  /** Whose conversation it is, and the last message in it by a person at the desk. */
  conversation(conversationId: string): { readonly shopperId: string; readonly answeredSeq: number } | undefined;
  /** Prices that the event at this position has changed, as far as no later one has. */
  changesAt(slug: string, position: number): readonly PriceChange[];
  shoppersWithInCart(sku: string): readonly string[];
  /** Every variant of a product that is sold. */
  skusOf(slug: string): readonly string[];
  /** The variant as it is now; `available` is 0 when it is not sold. */
  product(sku: string): Product | undefined;
}

/** Reads it. */
export function shopView(db: Database): ShopView {
  return {
    shopperOfOrder: (orderId) =>
      db.get<{ shopper: string }>('SELECT shopper_id AS shopper FROM orders WHERE order_id = ?', orderId)?.shopper,
    conversation: (conversationId) =>
      db.get(
        'SELECT shopper_id AS "shopperId", answered_seq AS "answeredSeq" FROM conversations WHERE conversation_id = ?',
        conversationId,
      ),
    changesAt: (slug, position) =>
      db.all<{ sku: string; fromCents: number; toCents: number }>(
        `SELECT sku, before_cents AS "fromCents", price_cents AS "toCents" FROM goods
         WHERE slug = ? AND priced_at = ? AND on_sale`,
        ...[slug, position],
      ),
    shoppersWithInCart: (sku) =>
      db.all<{ id: string }>('SELECT shopper_id AS id FROM carts WHERE sku = ?', sku).map(({ id }) => id),
    skusOf: (slug) =>
      db.all<{ sku: string }>('SELECT sku FROM goods WHERE slug = ? AND on_sale', slug).map(({ sku }) => sku),
    product: (sku) =>
      db.get<{ [Name in keyof Product]: Product[Name] }>(
        `SELECT g.sku, slug, title, variant, price_cents AS "priceCents", currency,
           iif(on_sale, max(0, coalesce(available, 0)), 0) AS available
         FROM goods AS g LEFT JOIN stock AS s ON s.sku = g.sku WHERE g.sku = ?`,
        sku,
      ),
  };
}
