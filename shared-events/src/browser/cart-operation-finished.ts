import { isCartOperationFinished } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link CartOperationFinishedDetail}. */
export const cartOperationFinishedSchema = {
  type: 'object',
  required: ['operationId', 'status'],
  properties: {
    operationId: { type: 'string', minLength: 1, maxLength: 512 },
    status: { enum: ['succeeded', 'failed'] },
  },
} as const satisfies JsonSchema;

/** Detail of {@link CartOperationFinished}. */
export type CartOperationFinishedDetail = FromSchema<typeof cartOperationFinishedSchema>;

/** A command of this shopper that was answered with "accepted" has its result now (pushed). It is fetched from the operation. */
export class CartOperationFinished extends SharedEvent<CartOperationFinishedDetail> {
  static readonly type = 'cart:operation-finished';
  static readonly kind = 'fact';
  static readonly owner = 'cart';
  static readonly is = isCartOperationFinished;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'cart:operation-finished': CustomEvent<CartOperationFinishedDetail>;
  }
}
