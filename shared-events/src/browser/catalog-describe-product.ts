import { isCatalogDescribeProduct, isCatalogDescribeProductReply } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { RequestEvent, type RequestDetail } from './runtime/shared-event.ts';

/** JSON Schema of {@link CatalogDescribeProductPayload}. */
export const catalogDescribeProductSchema = {
  type: 'object',
  required: ['slug'],
  properties: { slug: { type: 'string', minLength: 1, maxLength: 200 } },
} as const satisfies JsonSchema;

/** JSON Schema of {@link CatalogDescribeProductReply}. */
export const catalogDescribeProductReplySchema = {
  type: 'object',
  required: ['product'],
  properties: {
    product: {
      description: 'null = it is not sold, or not any more',
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          required: ['title', 'priceCents', 'priceToCents', 'currency', 'available', 'picture'],
          properties: {
            title: { type: 'string' },
            priceCents: { type: 'integer', minimum: 0, description: 'Lowest price of its variants' },
            priceToCents: { type: 'integer', minimum: 0, description: 'Highest price of its variants' },
            currency: { const: 'EUR' },
            available: { type: 'boolean', description: 'Any variant can be bought now' },
            picture: {
              anyOf: [
                { type: 'null' },
                {
                  type: 'object',
                  required: ['src', 'width', 'height'],
                  properties: {
                    src: { type: 'string', description: 'The smallest there is' },
                    width: { type: 'integer', minimum: 1 },
                    height: { type: 'integer', minimum: 1 },
                  },
                },
              ],
            },
          },
        },
      ],
    },
  },
} as const satisfies JsonSchema;

/** What is asked for. */
export type CatalogDescribeProductPayload = FromSchema<typeof catalogDescribeProductSchema>;

/** What the shop has to say of it. */
export type CatalogDescribeProductReply = FromSchema<typeof catalogDescribeProductReplySchema>;

/** Say what a product is called, looks like and costs now, for who shows it as a card. */
export class CatalogDescribeProduct extends RequestEvent<CatalogDescribeProductPayload, CatalogDescribeProductReply> {
  static readonly type = 'catalog:describe-product';
  static readonly kind = 'request';
  static readonly owner = 'catalog';
  static readonly is = isCatalogDescribeProduct;
  static readonly isReply = isCatalogDescribeProductReply;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'catalog:describe-product': CustomEvent<RequestDetail<CatalogDescribeProductPayload>>;
  }
}
