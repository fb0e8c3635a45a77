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

/** A member of the staff; the name to it stands in `chat.staff-named.v1` alone. */
const by = { ...id, description: 'Member of the staff' } as const satisfies JsonSchema;

const words = personal({ type: 'object', required: ['text'], properties: { text } });

/** Events of the stream `chat`, by type; most on subject chat.conversation.<conversationId>. */
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
      by: { ...id, description: 'Who of the staff has written it; never shown to the shopper' },
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
  'chat.conversation-claimed.v1': {
    description: 'Somebody of the staff has taken a conversation that nobody had',
    type: 'object',
    required: ['conversationId', 'by'],
    properties: { conversationId: id, by },
  },
  'chat.conversation-transferred.v1': {
    description: 'It is now another’s, or nobody’s',
    type: 'object',
    required: ['conversationId', 'by', 'to'],
    properties: {
      conversationId: id,
      by,
      to: { anyOf: [{ type: 'null' }, by] },
      why: { description: 'A word to who gets it, sealed for the shopper', ...words },
    },
  },
  'chat.conversation-closed.v1': {
    type: 'object',
    required: ['conversationId', 'by'],
    properties: { conversationId: id, by },
  },
  'chat.conversation-reopened.v1': {
    description: 'By somebody of the staff, or by the shopper with a new message',
    type: 'object',
    required: ['conversationId', 'by'],
    properties: { conversationId: id, by: { anyOf: [{ type: 'null' }, by] } },
  },
  'chat.note-added.v1': {
    description: 'What the staff tell each other about a conversation; no shopper ever gets it',
    type: 'object',
    required: ['conversationId', 'noteId', 'clientMsgId', 'by', 'note'],
    properties: {
      conversationId: id,
      noteId: id,
      clientMsgId: { type: 'string', minLength: 1, maxLength: 100 },
      by,
      note: { description: 'Sealed for the shopper: it is about them', ...words },
    },
  },
  'chat.staff-named.v1': {
    description: 'How a member of the staff is called; sealed for the member',
    type: 'object',
    required: ['staffId', 'name'],
    properties: { staffId: id, name: personal(text) },
  },
  'chat.canned-reply-saved.v1': {
    description: 'A reply the staff keep ready; a new one, or other words for one that is there',
    type: 'object',
    required: ['replyId', 'shortcut', 'text', 'by'],
    properties: {
      replyId: id,
      shortcut: { type: 'string', minLength: 1, maxLength: 32 },
      text,
      by: { description: 'Null: it came with the shop', anyOf: [{ type: 'null' }, by] },
    },
  },
  'chat.canned-reply-removed.v1': {
    type: 'object',
    required: ['replyId', 'by'],
    properties: { replyId: id, by },
  },
} as const satisfies Record<string, JsonSchema>;
