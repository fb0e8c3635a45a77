import type { Recorded } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import type { CatalogEvent, Picture, ProductPublished } from '../../domain/events.ts';

/** What the shop sells under a sku, what it costs, and how much of it can be delivered now. */
export interface Price {
  readonly sku: string;
  readonly slug: string;
  readonly title: string;
  /** Chosen options in words: `Small, Cobalt`; `""` for a product with one variant. */
  readonly variant: string;
  readonly unitPriceCents: number;
  readonly currency: string;
  readonly picture: Picture | null;
  /** 0 as well when the product has left the shop. */
  readonly available: number;
  /** False for a product that has left the shop: it is shown in carts, but cannot be added. */
  readonly onSale: boolean;
}

/** Tables of this projection. */
export const priceListSchema = `
  CREATE TABLE prices (sku TEXT PRIMARY KEY, slug TEXT NOT NULL, title TEXT NOT NULL, variant TEXT NOT NULL,
    unit_price_cents INTEGER NOT NULL, currency TEXT NOT NULL, picture TEXT, on_sale INTEGER NOT NULL) STRICT;
  CREATE INDEX prices_by_slug ON prices (slug);
  CREATE TABLE stock (sku TEXT PRIMARY KEY, available INTEGER NOT NULL) STRICT;`;

interface PriceRow extends Omit<Price, 'picture' | 'onSale'> {
  readonly picture: string | null;
  readonly onSale: number;
}

/** Keeps the price list up with the catalogue's events. */
export function projectPriceList({ event }: Recorded, db: Database): void {
  const { type, data } = event as CatalogEvent;
  switch (type) {
    case 'catalog.product-published.v1':
      return publish(data, db);
    case 'catalog.stock-counted.v1':
      db.run('INSERT OR REPLACE INTO stock VALUES (?, ?)', data.sku, data.quantity);
      return;
    case 'catalog.stock-reserved.v1':
      for (const line of data.lines) move(db, line.sku, -line.quantity);
      return;
    case 'catalog.stock-released.v1':
      for (const line of data.lines) move(db, line.sku, line.quantity);
      return;
    default:
      return;
  }
}

/** The entry of a sku; undefined when the catalogue never had it. */
export function priceOf(db: Database, sku: string): Price | undefined {
  const row = db.get<PriceRow>(
    `SELECT p.sku, slug, title, variant, unit_price_cents AS "unitPriceCents", currency, picture, on_sale AS "onSale",
       iif(on_sale, max(0, coalesce(available, 0)), 0) AS available
     FROM prices p LEFT JOIN stock s ON s.sku = p.sku WHERE p.sku = ?`,
    sku,
  );
  if (row === undefined) return undefined;
  return { ...row, picture: row.picture && JSON.parse(row.picture), onSale: row.onSale === 1 };
}

function publish(product: ProductPublished, db: Database): void {
  // A variant that is gone stays listed, as carts may still hold it.
  db.run('UPDATE prices SET on_sale = 0 WHERE slug = ?', product.slug);
  for (const variant of product.variants) {
    const picture = product.pictures.find(({ src }) => src === variant.picture) ?? product.pictures[0];
    const words = product.variants.length === 1 ? '' : Object.values(variant.options).join(', ');
    db.run(
      'INSERT OR REPLACE INTO prices VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
      variant.sku,
      product.slug,
      product.title,
      words,
      variant.priceCents,
      variant.currency,
      picture ? JSON.stringify(picture) : null,
      product.status === 'active' ? 1 : 0,
    );
  }
}

function move(db: Database, sku: string, by: number): void {
  db.run('UPDATE stock SET available = available + ? WHERE sku = ?', by, sku);
}
