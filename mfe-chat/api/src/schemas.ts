/**
 * The wire contract of the chat: what `/api/chat/…` takes and answers, as JSON Schema and as types of the same name.
 * Elements import it with `import type` only. Times are ISO 8601 UTC.
 */
import { Type, type Static } from 'typebox';

/** Longest text of one message, in characters (code points). */
export const maxTextLength = 4000;

/** Most attachments of one message. */
export const maxAttachments = 6;

/** Most bytes of one attachment. */
export const maxAttachmentBytes = 8 * 1024 * 1024;

/** Most messages one page may hold. */
export const maxPageSize = 100;

const closed = { additionalProperties: false } as const;
const id = (description: string) =>
  Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$', description });
const time = () => Type.String({ format: 'date-time' });
const seq = (description: string) => Type.Integer({ minimum: 0, maximum: Number.MAX_SAFE_INTEGER, description });

/** Who speaks: the shopper, a person at the desk, or the shop itself by an automatic answer. */
export const Voice = Type.Union([Type.Literal('shopper'), Type.Literal('staff'), Type.Literal('shop')]);
export type Voice = Static<typeof Voice>;

/** The two sides that read a conversation. */
export const Side = Type.Union([Type.Literal('shopper'), Type.Literal('staff')]);
export type Side = Static<typeof Side>;

/** What a conversation or a message is about: a product by slug or an order by id. */
export const About = Type.Object(
  {
    kind: Type.Union([Type.Literal('product'), Type.Literal('order')]),
    id: Type.String({ minLength: 1, maxLength: 200, pattern: '^[^\\s\\p{Cc}/?#\\\\]+$' }),
  },
  closed,
);
export type About = Static<typeof About>;

/** What may be attached; the server looks at the bytes, not at what the sender calls them. */
export const AttachmentType = Type.Union([
  Type.Literal('image/jpeg'),
  Type.Literal('image/png'),
  Type.Literal('image/webp'),
  Type.Literal('image/gif'),
  Type.Literal('application/pdf'),
]);
export type AttachmentType = Static<typeof AttachmentType>;

/** A picture or a document. Its bytes are at `/api/chat/conversations/<id>/attachments/<attachmentId>`. */
export const Attachment = Type.Object(
  {
    attachmentId: Type.String(),
    name: Type.String({ description: 'as the sender called it; text, no path' }),
    type: AttachmentType,
    size: Type.Integer({ minimum: 1, description: 'bytes' }),
    width: Type.Optional(Type.Integer({ minimum: 1, description: 'pixels, of a picture' })),
    height: Type.Optional(Type.Integer({ minimum: 1 })),
  },
  closed,
);
export type Attachment = Static<typeof Attachment>;
/** One of the staff. */
export const Member = Type.Object(
  { staffId: Type.String(), name: Type.String({ description: 'empty when it has been erased' }) },
  { ...closed, description: 'who of the staff; only the staff are told' },
);
export type Member = Static<typeof Member>;

/** POST /api/chat/attachments: what was taken in, and in which conversation. */
export const Uploaded = Type.Object({ conversationId: Type.String(), attachment: Attachment }, closed);
export type Uploaded = Static<typeof Uploaded>;

/** One message. `seq` counts 1, 2, 3, … without gaps in its conversation, and down from 0 through a customer's earlier ones. */
export const Message = Type.Object(
  {
    messageId: Type.String(),
    seq: Type.Integer({ minimum: Number.MIN_SAFE_INTEGER }),
    clientMsgId: Type.String({ description: 'the id the sender gave it; lets the sender find its own message again' }),
    from: Voice,
    text: Type.String(),
    erased: Type.Optional(Type.Boolean({ description: 'the shopper has been erased; the text is empty' })),
    about: Type.Union([About, Type.Null()]),
    card: Type.Optional(About),
    attachments: Type.Optional(Type.Array(Attachment)),
    at: time(),
    by: Type.Optional(Member),
  },
  closed,
);
export type Message = Static<typeof Message>;

/** A conversation as one side sees it: `unread` counts the other side's messages after the last one read. */
export const Conversation = Type.Object(
  {
    conversationId: Type.String(),
    about: Type.Union([About, Type.Null()]),
    startedAt: time(),
    lastSeq: Type.Integer({ minimum: 0 }),
    unread: Type.Integer({ minimum: 0 }),
    deliveredToShopper: Type.Integer({ minimum: 0, description: 'a browser of that side has everything up to here' }),
    deliveredToStaff: Type.Integer({ minimum: 0 }),
    readByShopper: Type.Integer({ minimum: 0 }),
    readByStaff: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type Conversation = Static<typeof Conversation>;

/** GET /api/chat/conversation: the shopper's own conversation, or null before the first message, and the id it has then. */
export const ConversationAnswer = Type.Object(
  {
    conversation: Type.Union([Conversation, Type.Null()]),
    ownId: Type.String({ description: 'of the conversation, whether it has begun or not' }),
  },
  closed,
);
export type ConversationAnswer = Static<typeof ConversationAnswer>;

/** Cursors are seqs, exclusive. Without any: the newest page. `after` alone reads forward from there. */
export const MessagesQuery = Type.Object(
  {
    after: Type.Optional(seq('only messages after this one')),
    before: Type.Optional(
      Type.Integer({
        ...{ minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER },
        description: 'only messages before this one',
      }),
    ),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxPageSize, default: 50 })),
  },
  closed,
);
export type MessagesQuery = Static<typeof MessagesQuery>;

/** Messages ordered by `seq`; `hasOlder` and `hasNewer` say whether there are more on either side of the page. */
export const MessagePage = Type.Object(
  {
    conversation: Conversation,
    messages: Type.Array(Message),
    hasOlder: Type.Boolean(),
    hasNewer: Type.Boolean(),
  },
  closed,
);
export type MessagePage = Static<typeof MessagePage>;

/**
 * POST /api/chat/messages. Without `conversationId` the shopper speaks in their own conversation; with it, staff answer.
 * The same `clientMsgId` is the same message, however often it is sent.
 */
export const PostMessage = Type.Object(
  {
    clientMsgId: id('chosen by the sender, unique per message'),
    text: Type.String({ maxLength: maxTextLength, description: 'empty only beside an attachment or a card' }),
    attachments: Type.Optional(Type.Array(id('of what was uploaded before'), { maxItems: maxAttachments })),
    card: Type.Optional(About),
    conversationId: Type.Optional(id('the conversation staff answer in')),
    about: Type.Optional(Type.Union([About, Type.Null()])),
  },
  closed,
);
export type PostMessage = Static<typeof PostMessage>;

/** Where the message stands now; `position` is that of the stream `chat`. */
export const Posted = Type.Object(
  {
    conversationId: Type.String(),
    messageId: Type.String(),
    seq: Type.Integer({ minimum: 1 }),
    position: Type.Integer({ minimum: 0 }),
  },
  closed,
);
export type Posted = Static<typeof Posted>;

/** POST /api/chat/conversations/<id>/read. `by` only matters to staff, who may also have a conversation of their own. */
export const ReadConversation = Type.Object({ upTo: seq('last seq that was read'), by: Type.Optional(Side) }, closed);
export type ReadConversation = Static<typeof ReadConversation>;

/** POST /api/chat/conversations/<id>/delivered: a browser of that side has everything up to this seq. */
export const Delivered = Type.Object({ upTo: seq('last seq at hand'), to: Type.Optional(Side) }, closed);
export type Delivered = Static<typeof Delivered>;

/** POST /api/chat/typing: to be said again every 3 s while it is so; the other side forgets it after 6 s. */
export const Typing = Type.Object(
  { typing: Type.Boolean(), conversationId: Type.Optional(id('the conversation staff answer in')) },
  closed,
);
export type Typing = Static<typeof Typing>;

/** GET /api/chat/presence: whether somebody is at the desk, and when the shop opens if it is closed. */
export const Presence = Type.Object({ staffed: Type.Boolean(), opensAt: Type.Optional(time()) }, closed);
export type Presence = Static<typeof Presence>;

/** What is left unread on that side. */
export const ReadAnswer = Type.Object(
  { upTo: Type.Integer({ minimum: 0 }), unread: Type.Integer({ minimum: 0 }), position: Type.Integer({ minimum: 0 }) },
  closed,
);
export type ReadAnswer = Static<typeof ReadAnswer>;
