import { isCatalogProductChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link CatalogProductChangedDetail}. */
export const catalogProductChangedSchema = {
  type: 'object',
  required: ['products', 'more'],
  properties: {
    products: {
      type: 'array',
      maxItems: 20,
      items: {
        type: 'object',
        required: ['slug', 'variants'],
        properties: {
          slug: { type: 'string', minLength: 1, maxLength: 200 },
          variants: {
            type: 'array',
            description: 'Every variant; none = the product is not sold any more',
            items: {
              type: 'object',
              required: ['sku', 'priceCents', 'available'],
              properties: {
                sku: { type: 'string', minLength: 1, maxLength: 255 },
                priceCents: { type: 'integer', minimum: 0 },
                available: { type: 'integer', minimum: 0, description: 'Pieces that can be bought now' },
              },
            },
          },
        },
      },
    },
    more: { type: 'boolean', description: 'More changed than is said here: who shows a product asks again' },
  },
} as const satisfies JsonSchema;

/** Detail of {@link CatalogProductChanged}. */
export type CatalogProductChangedDetail = FromSchema<typeof catalogProductChangedSchema>;

/** Price or stock of products changed (pushed to everybody, several changes of a moment in one). */
export class CatalogProductChanged extends SharedEvent<CatalogProductChangedDetail> {
  static readonly type = 'catalog:product-changed';
  static readonly kind = 'fact';
  static readonly owner = 'catalog';
  static readonly is = isCatalogProductChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'catalog:product-changed': CustomEvent<CatalogProductChangedDetail>;
  }
}
