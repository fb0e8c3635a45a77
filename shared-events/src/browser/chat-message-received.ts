import { isChatMessageReceived } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ChatMessageReceivedDetail}. */
export const chatMessageReceivedSchema = {
  type: 'object',
  required: ['conversationId', 'messageId', 'seq', 'from'],
  properties: {
    conversationId: { type: 'string', minLength: 1, maxLength: 64 },
    messageId: { type: 'string', minLength: 1, maxLength: 64 },
    seq: { type: 'integer', minimum: 1, description: 'Place in the conversation, from 1' },
    from: { enum: ['shopper', 'staff', 'shop'] },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ChatMessageReceived}. */
export type ChatMessageReceivedDetail = FromSchema<typeof chatMessageReceivedSchema>;

/** A message arrived in a conversation (pushed). Its text is fetched, never sent around. */
export class ChatMessageReceived extends SharedEvent<ChatMessageReceivedDetail> {
  static readonly type = 'chat:message-received';
  static readonly kind = 'fact';
  static readonly owner = 'chat';
  static readonly is = isChatMessageReceived;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'chat:message-received': CustomEvent<ChatMessageReceivedDetail>;
  }
}
