import { isBellWatchProduct, isBellWatchProductReply } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { RequestEvent, type RequestDetail } from './runtime/shared-event.ts';

/** JSON Schema of {@link BellWatchProductPayload}. */
export const bellWatchProductSchema = {
  type: 'object',
  required: ['sku', 'wanted'],
  properties: {
    sku: { type: 'string', minLength: 1, maxLength: 255 },
    wanted: { type: 'boolean', description: 'false takes it back' },
  },
} as const satisfies JsonSchema;

/** JSON Schema of {@link BellWatchProductReply}. */
export const bellWatchProductReplySchema = {
  type: 'object',
  required: ['watching'],
  properties: { watching: { type: 'boolean', description: 'false as well when there is stock already' } },
} as const satisfies JsonSchema;

/** What is asked for. */
export type BellWatchProductPayload = FromSchema<typeof bellWatchProductSchema>;

/** Whether the shopper will be told. */
export type BellWatchProductReply = FromSchema<typeof bellWatchProductReplySchema>;

/** Tell the shopper, once, when this sold-out variant is back; or do not any more. */
export class BellWatchProduct extends RequestEvent<BellWatchProductPayload, BellWatchProductReply> {
  static readonly type = 'bell:watch-product';
  static readonly kind = 'request';
  static readonly owner = 'bell';
  static readonly is = isBellWatchProduct;
  static readonly isReply = isBellWatchProductReply;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'bell:watch-product': CustomEvent<RequestDetail<BellWatchProductPayload>>;
  }
}
