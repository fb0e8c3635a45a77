import { isCartAddItem, isCartAddItemReply } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { RequestEvent, type RequestDetail } from './runtime/shared-event.ts';

/** JSON Schema of {@link CartAddItemPayload}. */
export const cartAddItemSchema = {
  type: 'object',
  required: ['sku', 'quantity'],
  properties: {
    sku: { type: 'string', minLength: 1, maxLength: 255 },
    quantity: { type: 'integer', minimum: 1, maximum: 99 },
  },
} as const satisfies JsonSchema;

/** JSON Schema of {@link CartAddItemReply}. */
export const cartAddItemReplySchema = {
  type: 'object',
  required: ['count', 'totalCents', 'currency'],
  properties: {
    count: { type: 'integer', minimum: 0, description: 'Pieces in the cart, over all lines' },
    totalCents: { type: 'integer', minimum: 0 },
    currency: { const: 'EUR' },
  },
} as const satisfies JsonSchema;

/** What is asked for. */
export type CartAddItemPayload = FromSchema<typeof cartAddItemSchema>;

/** The cart after the addition. */
export type CartAddItemReply = FromSchema<typeof cartAddItemReplySchema>;

/** Put so many pieces of a variant into the cart, on top of what is there. */
export class CartAddItem extends RequestEvent<CartAddItemPayload, CartAddItemReply> {
  static readonly type = 'cart:add-item';
  static readonly kind = 'request';
  static readonly owner = 'cart';
  static readonly is = isCartAddItem;
  static readonly isReply = isCartAddItemReply;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cart:add-item': CustomEvent<RequestDetail<CartAddItemPayload>>;
  }
}
