/** What the desk asks for under `/api/chat`, and nobody else gets. Times are ISO 8601 UTC. */
import { Type, type Static } from 'typebox';
import { About, Member, Voice, maxPageSize, maxTextLength } from './schemas.ts';

/** Longest shortcut of a canned reply, and its longest text, in characters. */
export const cannedLimits = { shortcut: 32, text: 2000, count: 200 } as const;

const closed = { additionalProperties: false } as const;
const time = () => Type.String({ format: 'date-time' });
const orNull = <Schema extends Parameters<typeof Type.Union>[0][number]>(schema: Schema) =>
  Type.Union([schema, Type.Null()]);
const id = (description: string) =>
  Type.String({ minLength: 1, maxLength: 100, pattern: '^[A-Za-z0-9_-]+$', description });

/** A pile of the inbox. `waiting`: a shopper waits for a person's answer. All but `closed` hold only what is open. */
export const InboxPile = Type.Union([
  Type.Literal('open'),
  Type.Literal('waiting'),
  Type.Literal('unread'),
  Type.Literal('unassigned'),
  Type.Literal('mine'),
  Type.Literal('closed'),
]);
export type InboxPile = Static<typeof InboxPile>;

/** GET /api/chat/conversations. `q` looks in the shopper's label and in what was asked about: order ids and products. */
export const InboxQuery = Type.Object(
  {
    state: Type.Optional(InboxPile),
    q: Type.Optional(Type.String({ maxLength: 200 })),
    after: Type.Optional(Type.String({ maxLength: 400, description: '`next` of the page before' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: maxPageSize, default: 50 })),
  },
  closed,
);
export type InboxQuery = Static<typeof InboxQuery>;

/** One line of the desk's inbox. */
export const InboxEntry = Type.Object(
  {
    conversationId: Type.String(),
    shopper: Type.String({ description: 'a short label that stays the same for one shopper and names nobody' }),
    about: orNull(About),
    unread: Type.Integer({ minimum: 0 }),
    waitingSince: Type.Union([time(), Type.Null()], { description: 'since when a person’s answer is owed' }),
    assignee: orNull(Member),
    closed: Type.Boolean(),
    last: Type.Object(
      {
        seq: Type.Integer(),
        from: Voice,
        text: Type.String(),
        erased: Type.Optional(Type.Boolean()),
        at: time(),
      },
      closed,
    ),
  },
  closed,
);
export type InboxEntry = Static<typeof InboxEntry>;

/** A page of a pile: who waits longest first, then the latest. Counts are of all conversations, whatever was asked for. */
export const Inbox = Type.Object(
  {
    conversations: Type.Array(InboxEntry),
    next: Type.Union([Type.String(), Type.Null()], { description: 'where the next page begins; null at the end' }),
    waiting: Type.Integer({ minimum: 0 }),
    total: Type.Integer({ minimum: 0 }),
    counts: Type.Object(
      {
        open: Type.Integer(),
        unread: Type.Integer(),
        unassigned: Type.Integer(),
        mine: Type.Integer(),
        closed: Type.Integer(),
      },
      closed,
    ),
  },
  closed,
);
export type Inbox = Static<typeof Inbox>;

/** What the staff did with a conversation; it stands after the message `afterSeq`. */
export const DeskEntry = Type.Object(
  {
    position: Type.Integer(),
    kind: Type.Union([
      Type.Literal('note'),
      Type.Literal('claimed'),
      Type.Literal('transferred'),
      Type.Literal('closed'),
      Type.Literal('reopened'),
    ]),
    afterSeq: Type.Integer({ minimum: 0 }),
    by: Type.Union([Member, Type.Null()], { description: 'null: the shopper, who has written again' }),
    to: Type.Optional(Type.Union([Member, Type.Null()], { description: 'of a transfer; null: back to everybody' })),
    text: Type.Optional(Type.String({ description: 'of a note, or a word with a transfer' })),
    erased: Type.Optional(Type.Boolean()),
    at: time(),
  },
  closed,
);
export type DeskEntry = Static<typeof DeskEntry>;

/** GET /api/chat/conversations/<id>/desk: the latest entries, oldest first. */
export const DeskSide = Type.Object(
  { assignee: orNull(Member), closed: Type.Boolean(), entries: Type.Array(DeskEntry) },
  closed,
);
export type DeskSide = Static<typeof DeskSide>;

/** POST /api/chat/conversations/<id>/transfer. `from`: who has it as far as the sender knows; else it is a 409. */
export const TransferBody = Type.Object(
  {
    from: orNull(id('member who has it')),
    to: orNull(id('member who gets it; null: back to everybody')),
    why: Type.Optional(Type.String({ maxLength: maxTextLength })),
  },
  closed,
);
export type TransferBody = Static<typeof TransferBody>;

/** POST /api/chat/conversations/<id>/notes. The same `clientMsgId` is the same note. */
export const NoteBody = Type.Object(
  { clientMsgId: id('chosen by the sender'), text: Type.String({ minLength: 1, maxLength: maxTextLength }) },
  closed,
);
export type NoteBody = Static<typeof NoteBody>;

/** What a command of the staff came to. */
export const DeskDone = Type.Object(
  { assignee: orNull(Member), closed: Type.Boolean(), position: Type.Integer({ minimum: 0 }) },
  closed,
);
export type DeskDone = Static<typeof DeskDone>;

/** GET /api/chat/staff: who I am, and everybody who has ever been at the desk. */
export const Staff = Type.Object(
  {
    me: Member,
    members: Type.Array(Type.Object({ ...Member.properties, present: Type.Boolean() }, closed)),
  },
  closed,
);
export type Staff = Static<typeof Staff>;

/** A reply that the staff keep ready. `{name}` and `{order}` stand for the shopper's name and latest order. */
export const CannedReply = Type.Object(
  { replyId: Type.String(), shortcut: Type.String(), text: Type.String() },
  closed,
);
export type CannedReply = Static<typeof CannedReply>;

/** GET /api/chat/canned-replies, by shortcut. */
export const CannedReplies = Type.Object({ replies: Type.Array(CannedReply) }, closed);
export type CannedReplies = Static<typeof CannedReplies>;

/** PUT /api/chat/canned-replies/<replyId>. */
export const SaveReply = Type.Object(
  {
    shortcut: Type.String({ minLength: 1, maxLength: cannedLimits.shortcut, pattern: '^[a-z0-9-]+$' }),
    text: Type.String({ minLength: 1, maxLength: cannedLimits.text }),
  },
  closed,
);
export type SaveReply = Static<typeof SaveReply>;

const Goods = { slug: Type.String(), title: Type.String(), variant: Type.String(), quantity: Type.Integer() };
const Status = Type.String({ description: 'as the cart’s API names it: `placed`, `confirmed`, `payment-declined`, …' });

/**
 * GET /api/chat/conversations/<id>/shopper: what the cart’s backend says. `answered: false` when it says nothing. Open, as
 * that backend may come to say more.
 */
export const ShopperOverview = Type.Union([
  Type.Object({ answered: Type.Literal(false) }),
  Type.Object({
    answered: Type.Literal(true),
    name: orNull(Type.String()),
    cart: Type.Object({
      lines: Type.Array(Type.Object({ ...Goods, lineTotalCents: Type.Integer() })),
      totalCents: Type.Integer(),
      currency: Type.String(),
    }),
    orders: Type.Array(
      Type.Object({
        orderId: Type.String(),
        status: Status,
        waitsFor: Type.String(),
        delayed: Type.Optional(Type.String()),
        placedAt: time(),
        totalCents: Type.Integer(),
        currency: Type.String(),
        lines: Type.Array(Type.Object(Goods)),
        timeline: Type.Array(Type.Object({ status: Status, at: time() })),
      }),
    ),
    more: Type.Integer(),
  }),
]);
export type ShopperOverview = Static<typeof ShopperOverview>;
