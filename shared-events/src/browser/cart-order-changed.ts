import { isCartOrderChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link CartOrderChangedDetail}. */
export const cartOrderChangedSchema = {
  type: 'object',
  required: ['orderId', 'status'],
  properties: {
    orderId: { type: 'string', minLength: 1, maxLength: 64 },
    status: {
      enum: ['placed', 'authorized', 'reserved', 'confirmed', 'payment-declined', 'sold-out', 'payment-failed'],
      description: 'payment-failed: the provider did not answer in time; nothing was charged',
    },
  },
} as const satisfies JsonSchema;

/** Detail of {@link CartOrderChanged}. */
export type CartOrderChangedDetail = FromSchema<typeof cartOrderChangedSchema>;

/** An order of this shopper moved on (pushed). */
export class CartOrderChanged extends SharedEvent<CartOrderChangedDetail> {
  static readonly type = 'cart:order-changed';
  static readonly kind = 'fact';
  static readonly owner = 'cart';
  static readonly is = isCartOrderChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cart:order-changed': CustomEvent<CartOrderChangedDetail>;
  }
}
