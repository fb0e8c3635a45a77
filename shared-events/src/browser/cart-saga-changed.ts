import { isCartSagaChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link CartSagaChangedDetail}. */
export const cartSagaChangedSchema = {
  type: 'object',
  required: ['sagaId', 'definition', 'state'],
  properties: {
    sagaId: { type: 'string', minLength: 1, maxLength: 200 },
    definition: { type: 'string', minLength: 1 },
    state: { enum: ['running', 'compensating', 'parked', 'completed', 'failed'] },
  },
} as const satisfies JsonSchema;

/** Detail of {@link CartSagaChanged}. */
export type CartSagaChangedDetail = FromSchema<typeof cartSagaChangedSchema>;

/** A saga of the cart's backend moved on (pushed to the staff). */
export class CartSagaChanged extends SharedEvent<CartSagaChangedDetail> {
  static readonly type = 'cart:saga-changed';
  static readonly kind = 'fact';
  static readonly owner = 'cart';
  static readonly is = isCartSagaChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cart:saga-changed': CustomEvent<CartSagaChangedDetail>;
  }
}
