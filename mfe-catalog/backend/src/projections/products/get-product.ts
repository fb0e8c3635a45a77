import type { Product, ProductCard, Variant } from '@souk/catalog-api';
import type { Database } from '@souk/service-kit';
import type { ProductSearch } from '../../search/product-search.ts';
import { cardsOf } from './cards.ts';

/** A product as its last event says it: a variant names its picture by `src`, and knows nothing of stock. */
interface StoredProduct extends Omit<Product, 'variants' | 'related'> {
  readonly status: string;
  readonly variants: readonly (Omit<Variant, 'available' | 'picture'> & { readonly picture?: string })[];
}

/** A product that was sold once: what it was called, and the shelf where others stand. */
export interface FormerProduct {
  readonly title: string;
  readonly category: Product['category'];
}

/** What is still known of a product that is not sold any more; nothing when it never was, or still is. */
export function formerProduct(db: Database, slug: string): FormerProduct | undefined {
  const row = db.get<{ document: string }>('SELECT document FROM products WHERE slug = ? AND NOT active', slug);
  if (!row) return undefined;
  const { title, category } = JSON.parse(row.document) as StoredProduct;
  return { title, category };
}

/** One product with what is left of each variant; nothing when it is not (or no longer) sold. */
export function getProduct(db: Database, slug: string): Omit<Product, 'related'> | undefined {
  const row = db.get<{ document: string }>('SELECT document FROM products WHERE slug = ? AND active', slug);
  if (!row) return undefined;
  const { status: _status, variants, ...rest } = JSON.parse(row.document) as StoredProduct;
  const stock = db.all<{ sku: string; available: number }>(
    'SELECT v.sku, s.available FROM variants v JOIN stock s ON s.sku = v.sku WHERE v.slug = ?',
    slug,
  );
  const available = new Map(stock.map((line) => [line.sku, line.available]));
  return {
    ...rest,
    variants: variants.map(({ picture, ...variant }) => {
      const shown = rest.pictures.find(({ src }) => src === picture);
      return { ...variant, available: available.get(variant.sku) ?? 0, ...(shown ? { picture: shown } : {}) };
    }),
  };
}

/** So many cards stand in a row. */
const mostRelated = 4;

/** Two orders may be chance; from here on it is a habit. */
const leastTogether = 2;

/**
 * Where to go on from a product: what was set aside in the same orders, then what costs about the same on its shelf. Nobody is
 * followed for it: an order says what was in it, not whose it was.
 */
export function relatedTo(db: Database, search: ProductSearch, slug: string): Product['related'] {
  const own = db.get<{ id: number }>('SELECT id FROM products WHERE slug = ?', slug);
  if (!own) return { together: [], similar: [] };
  const together = db.all<{ id: number }>(
    `SELECT p.id FROM ordered_together t JOIN products p ON p.slug = t.other
     WHERE t.slug = ? AND t.orders >= ? AND p.active AND p.available > 0 ORDER BY t.orders DESC, p.id LIMIT ?`,
    ...[slug, leastTogether, mostRelated],
  );
  const known = new Set(together.map(({ id }) => id));
  const similar = search.near(own.id, mostRelated + known.size).filter((id) => !known.has(id));
  const cards = (ids: readonly number[]): ProductCard[] => cardsOf(db, ids.slice(0, mostRelated));
  return { together: cards([...known]), similar: cards(similar) };
}

/** Pieces of a SKU that nobody has reserved; 0 for one that is not there. */
export function availableOf(db: Database, sku: string): number {
  return db.get<{ available: number }>('SELECT available FROM stock WHERE sku = ?', sku)?.available ?? 0;
}
