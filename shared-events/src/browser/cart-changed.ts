import { isCartChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link CartChangedDetail}. */
export const cartChangedSchema = {
  type: 'object',
  required: ['count', 'totalCents', 'currency'],
  properties: {
    count: { type: 'integer', minimum: 0, description: 'Pieces in the cart, over all lines' },
    totalCents: { type: 'integer', minimum: 0 },
    currency: { const: 'EUR' },
  },
} as const satisfies JsonSchema;

/** Detail of {@link CartChanged}. */
export type CartChangedDetail = FromSchema<typeof cartChangedSchema>;

/** This is now in the cart. */
export class CartChanged extends SharedEvent<CartChangedDetail> {
  static readonly type = 'cart:changed';
  static readonly kind = 'state';
  static readonly owner = 'cart';
  static readonly is = isCartChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cart:changed': CustomEvent<CartChangedDetail>;
  }
}
