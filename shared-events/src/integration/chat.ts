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

const attachments = {
  description: 'Pictures and documents; the bytes are kept by the chat',
  type: 'array',
  maxItems: 6,
  items: {
    type: 'object',
    required: ['attachmentId', 'name', 'type', 'size'],
    properties: {
      attachmentId: id,
      name: { type: 'string', minLength: 1, maxLength: 200, description: 'As the sender called it; text, no path' },
      type: { enum: ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'application/pdf'] },
      size: { type: 'integer', minimum: 1, description: 'Bytes' },
      width: { type: 'integer', minimum: 1, description: 'Pixels, of a picture' },
      height: { type: 'integer', minimum: 1 },
    },
  },
} as const satisfies JsonSchema;

const said = {
  description: 'Sealed for the shopper whose conversation it is, whoever speaks; what the shop says by itself is not',
  ...personal({
    type: 'object',
    required: ['author', 'text'],
    properties: {
      author: { type: 'string', description: 'Name to show' },
      text: { ...text, description: 'Empty where attachments or a card speak for themselves' },
      attachments,
    },
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
      card: { ...about, description: 'A product or an order that is shown with the message' },
    },
  },
  'chat.person-erased.v1': personErased,
  'chat.conversation-delivered.v1': {
    description: 'A browser of one side was given everything up to this message',
    type: 'object',
    required: ['conversationId', 'to', 'upTo'],
    properties: { conversationId: id, to: { enum: ['shopper', 'staff'] }, upTo: seq },
  },
  'chat.conversation-read.v1': {
    type: 'object',
    required: ['conversationId', 'by', 'upTo'],
    properties: { conversationId: id, by: { enum: ['shopper', 'staff'] }, upTo: seq },
  },
} as const satisfies Record<string, JsonSchema>;
