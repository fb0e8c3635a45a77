import type { Database } from '@souk/service-kit';
import { getProduct } from '../projections/products/get-product.ts';

/** A product as numbers; without variants when it is not sold any more. */
export interface ProductNumbers {
  readonly slug: string;
  readonly variants: readonly { readonly sku: string; readonly priceCents: number; readonly available: number }[];
}

/** What a product costs and how much of it is left. */
export function numbersOf(db: Database, slug: string): ProductNumbers {
  const variants = getProduct(db, slug)?.variants ?? [];
  return { slug, variants: variants.map(({ sku, priceCents, available }) => ({ sku, priceCents, available })) };
}
