import type { JsonSchema } from '../json-schema.ts';
import { id, personal, personErased, text } from './fields.ts';

const about = {
  description: 'What the shopper asks about',
  anyOf: [
    { type: 'null' },
    {
      type: 'object',
      required: ['kind', 'id'],
      properties: { kind: { enum: ['product', 'order'] }, id: { type: 'string', minLength: 1, maxLength: 200 } },
    },
  ],
} as const satisfies JsonSchema;

const seq = { type: 'integer', minimum: 1, description: 'Place in the conversation, from 1' } as const;

const said = {
  description: 'Sealed for the shopper whose conversation it is, whoever speaks; what the shop says by itself is not',
  ...personal({
    type: 'object',
    required: ['author', 'text'],
    properties: { author: { type: 'string', description: 'Name to show' }, text },
  }),
} as const satisfies JsonSchema;

/** Events of the stream `chat`, by type; subject chat.conversation.<conversationId>. */
export const chatSchemas = {
  'chat.conversation-started.v1': {
    type: 'object',
    required: ['conversationId', 'shopperId', 'about'],
    properties: { conversationId: id, shopperId: id, about },
  },
  'chat.message-posted.v2': {
    type: 'object',
    required: ['conversationId', 'messageId', 'clientMsgId', 'seq', 'from', 'said'],
    properties: {
      conversationId: id,
      messageId: id,
      clientMsgId: {
        type: 'string',
        minLength: 1,
        maxLength: 100,
        description: 'Made by the sender: sent twice, kept once',
      },
      seq,
      from: { enum: ['shopper', 'staff', 'shop'] },
      said,
      about,
    },
  },
  'chat.person-erased.v1': personErased,
  'chat.conversation-read.v1': {
    type: 'object',
    required: ['conversationId', 'by', 'upTo'],
    properties: { conversationId: id, by: { enum: ['shopper', 'staff'] }, upTo: seq },
  },
} as const satisfies Record<string, JsonSchema>;
