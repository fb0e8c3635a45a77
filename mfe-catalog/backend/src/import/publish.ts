import type { EventChannel } from '@souk/event-channel';
import { cloudEvent, type Database } from '@souk/service-kit';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';
import { isDeepStrictEqual } from 'node:util';
import type { ProductDocument } from '../projections/products/apply.ts';

/** A product with the pieces found on the shelf, by SKU. */
export interface ShelvedProduct {
  readonly product: ProductDocument;
  readonly counts: ReadonlyMap<string, number>;
}

/** What publishing one product came to. */
export interface Published {
  /** Whether the product was new or had changed. */
  readonly published: boolean;
  /** Variants whose count was new or had changed. */
  readonly counted: number;
}

/**
 * Appends what is new about a product: nothing when it is there already, just so. A count that repeats the last count
 * is not news either, whatever has been sold since; a repeated import therefore changes nothing.
 */
export async function publishProduct(
  { product, counts }: ShelvedProduct,
  { channel, db }: { readonly channel: EventChannel; readonly db: Database },
): Promise<Published> {
  const known = db.get<{ document: string }>('SELECT document FROM products WHERE slug = ?', product.slug);
  // Through JSON, so that a member which is `undefined` here equals one which is not there.
  const changed = !known || !isDeepStrictEqual(JSON.parse(known.document), JSON.parse(JSON.stringify(product)));
  const recounted = [...counts].filter(([sku, quantity]) => {
    return db.get<{ counted: number }>('SELECT counted FROM stock WHERE sku = ?', sku)?.counted !== quantity;
  });

  const append = (type: keyof IntegrationData, subject: string, data: unknown) =>
    channel.append(subject, [cloudEvent({ type, source: '/catalog', data })], { expect: 'any' });
  await Promise.all([
    ...(changed ? [append('catalog.product-published.v1', subjects.product(product.slug), product)] : []),
    ...recounted.map(([sku, quantity]) => append('catalog.stock-counted.v1', subjects.stock(sku), { sku, quantity })),
  ]);
  return { published: changed, counted: recounted.length };
}
