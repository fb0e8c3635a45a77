import { isChatReceiptChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ChatReceiptChangedDetail}. */
export const chatReceiptChangedSchema = {
  type: 'object',
  required: ['conversationId', 'by', 'deliveredUpTo', 'readUpTo'],
  properties: {
    conversationId: { type: 'string', minLength: 1, maxLength: 64 },
    by: { enum: ['shopper', 'staff'] },
    deliveredUpTo: { type: 'integer', minimum: 0, description: 'A browser of that side has everything up to this seq' },
    readUpTo: { type: 'integer', minimum: 0, description: 'Last seq that was read' },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ChatReceiptChanged}. */
export type ChatReceiptChangedDetail = FromSchema<typeof chatReceiptChangedSchema>;

/** One side of a conversation has been given, or has read, up to a message (pushed to both sides). */
export class ChatReceiptChanged extends SharedEvent<ChatReceiptChangedDetail> {
  static readonly type = 'chat:receipt-changed';
  static readonly kind = 'fact';
  static readonly owner = 'chat';
  static readonly is = isChatReceiptChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'chat:receipt-changed': CustomEvent<ChatReceiptChangedDetail>;
  }
}
