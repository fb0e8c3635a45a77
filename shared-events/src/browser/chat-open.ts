import { isChatOpen, isChatOpenReply } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { RequestEvent, type RequestDetail } from './runtime/shared-event.ts';

/** JSON Schema of {@link ChatOpenPayload}. */
export const chatOpenSchema = {
  type: 'object',
  required: [],
  properties: {
    about: {
      anyOf: [
        { type: 'null' },
        {
          type: 'object',
          required: ['kind', 'id'],
          properties: { kind: { enum: ['product', 'order'] }, id: { type: 'string', minLength: 1, maxLength: 200 } },
        },
      ],
    },
  },
} as const satisfies JsonSchema;

/** JSON Schema of {@link ChatOpenReply}. */
export const chatOpenReplySchema = {
  type: 'object',
  required: ['opened'],
  properties: { opened: { const: true } },
} as const satisfies JsonSchema;

/** What is asked for. */
export type ChatOpenPayload = FromSchema<typeof chatOpenSchema>;

/** The conversation is open. */
export type ChatOpenReply = FromSchema<typeof chatOpenReplySchema>;

/** Open the conversation with the shop, if wanted about a product or an order. */
export class ChatOpen extends RequestEvent<ChatOpenPayload, ChatOpenReply> {
  static readonly type = 'chat:open';
  static readonly kind = 'request';
  static readonly owner = 'chat';
  static readonly is = isChatOpen;
  static readonly isReply = isChatOpenReply;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'chat:open': CustomEvent<RequestDetail<ChatOpenPayload>>;
  }
}
