import { isCatalogProductViewed } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link CatalogProductViewedDetail}. */
export const catalogProductViewedSchema = {
  type: 'object',
  required: ['slug'],
  properties: { slug: { type: 'string', minLength: 1, maxLength: 200 } },
} as const satisfies JsonSchema;

/** Detail of {@link CatalogProductViewed}. */
export type CatalogProductViewedDetail = FromSchema<typeof catalogProductViewedSchema>;

/** A product page is shown to the shopper. */
export class CatalogProductViewed extends SharedEvent<CatalogProductViewedDetail> {
  static readonly type = 'catalog:product-viewed';
  static readonly kind = 'fact';
  static readonly owner = 'catalog';
  static readonly is = isCatalogProductViewed;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'catalog:product-viewed': CustomEvent<CatalogProductViewedDetail>;
  }
}
