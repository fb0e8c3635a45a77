import type { Product, Variant } from '@souk/catalog-api';
import type { Database } from '@souk/service-kit';

/** A product as its last event says it: a variant names its picture by `src`, and knows nothing of stock. */
interface StoredProduct extends Omit<Product, 'variants'> {
  readonly status: string;
  readonly variants: readonly (Omit<Variant, 'available' | 'picture'> & { readonly picture?: string })[];
}

/** One product with what is left of each variant; nothing when it is not (or no longer) sold. */
export function getProduct(db: Database, slug: string): Product | undefined {
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

/** Pieces of a SKU that nobody has reserved; 0 for one that is not there. */
export function availableOf(db: Database, sku: string): number {
  return db.get<{ available: number }>('SELECT available FROM stock WHERE sku = ?', sku)?.available ?? 0;
}
