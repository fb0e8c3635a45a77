import {
  ConversationAnswer,
  Inbox,
  InboxQuery,
  MessagePage,
  MessagesQuery,
  PostMessage,
  Posted,
  ReadAnswer,
  ReadConversation,
  type Conversation,
  type Side,
} from '@souk/chat-api';
import { RateLimited, requireStaff, type Session, type SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import type { Conversations } from '../conversations.ts';
import type { DeskPresence } from '../desk-presence.ts';
import { knownMessage } from '../domain/conversation.ts';
import type { ConversationView } from '../projections/conversation/conversation-view.ts';
import type { InboxView } from '../projections/inbox/inbox-view.ts';
import { conversationIdOf } from '../conversation-id.ts';
import type { TakeToken } from './post-limit.ts';
import { conversationNotFound, refusedAsProblem } from './problems.ts';

/** What the routes stand on. */
export interface RoutesOptions {
  readonly conversations: Conversations;
  readonly view: ConversationView;
  readonly inbox: InboxView;
  readonly presence: DeskPresence;
  readonly takeToken: TakeToken;
  readonly newId: (prefix: string) => string;
  /** Resolves when the views hold this position, or after a moment; so that a sender sees what it has just sent. */
  readonly caughtUp: (position: number) => Promise<void>;
}

const Params = Type.Object({ conversationId: Type.String({ maxLength: 128 }) });

const DESK_ROUTES = /^\/api\/chat\/(conversations|messages)\b/;

/** The whole API under `/api/chat`. */
export function addRoutes(app: SoukApp, options: RoutesOptions): void {
  app.addHook('preHandler', async (request) => {
    // Upkeep asks as staff too, and nobody sits at the desk for it.
    const atDesk = DESK_ROUTES.test(request.routeOptions.url ?? '');
    if (atDesk && isStaff(request.session)) options.presence.seen();
  });
  addReading(app, options);
  addWriting(app, options);
}

function addReading(app: SoukApp, { view, inbox }: RoutesOptions): void {
  app.get(
    '/api/chat/conversation',
    { schema: { summary: 'The session’s own conversation, or null', response: { 200: ConversationAnswer } } },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      return { conversation: view.conversation(conversationIdOf(request.session.shopperId), 'shopper') ?? null };
    },
  );

  app.get(
    '/api/chat/conversations/:conversationId/messages',
    {
      schema: {
        summary: 'Messages of one conversation, page by page',
        params: Params,
        querystring: MessagesQuery,
        response: { 200: MessagePage },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      const { conversationId } = request.params;
      return view.page(readable(view, conversationId, request.session), request.query);
    },
  );

  app.get(
    '/api/chat/conversations',
    {
      preHandler: requireStaff,
      schema: { summary: 'The desk’s inbox (staff)', querystring: InboxQuery, response: { 200: Inbox } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      return inbox.inbox(request.query);
    },
  );
}

function addWriting(app: SoukApp, options: RoutesOptions): void {
  const { conversations, view, takeToken, newId, caughtUp } = options;

  app.post(
    '/api/chat/messages',
    {
      schema: {
        summary: 'Say something; the same clientMsgId is the same message',
        body: PostMessage,
        response: { 200: Posted, 201: Posted },
      },
    },
    async (request, reply) => {
      const { session, body } = request;
      const waitMs = takeToken(session.shopperId);
      if (waitMs > 0) {
        const message = 'That is faster than we can read. Please wait a moment.';
        throw new RateLimited('rate-limited', message, { retryAfterMs: waitMs });
      }
      const { conversationId, from } = whereAndWho(body.conversationId, session);
      const { clientMsgId, text, about = null } = body;
      const handled = await refusedAsProblem(
        conversations.handle(
          {
            kind: 'post',
            conversationId,
            from,
            speakerId: session.shopperId,
            text,
            clientMsgId,
            messageId: newId('m'),
            about,
          },
          request.cause,
        ),
      );
      const message = knownMessage(handled.state, { from, clientMsgId });
      if (!message) throw new Error('a message that was just posted is not known');
      await caughtUp(handled.position);
      reply.code(handled.changed ? 201 : 200).header('souk-position', handled.position);
      return { conversationId, messageId: message.messageId, seq: message.seq, position: handled.position };
    },
  );

  app.post(
    '/api/chat/conversations/:conversationId/read',
    {
      schema: {
        summary: 'Note how far one side has read',
        params: Params,
        body: ReadConversation,
        response: { 200: ReadAnswer },
      },
    },
    async (request, reply) => {
      const { session, body } = request;
      const { conversationId } = request.params;
      const by = readingSide(session, body.by);
      readable(view, conversationId, session, by);
      const handled = await refusedAsProblem(
        conversations.handle({ kind: 'read', conversationId, by, upTo: body.upTo }, request.cause),
      );
      await caughtUp(handled.position);
      reply.header('souk-position', handled.position);
      const unread = view.conversation(conversationId, by)?.unread ?? 0;
      return { upTo: handled.state.readUpTo[by], unread, position: handled.position };
    },
  );
}

/** Without an id a shopper speaks in their own conversation; with one, staff answer, and a shopper may name their own. */
function whereAndWho(conversationId: string | undefined, session: Session): { conversationId: string; from: Side } {
  const own = conversationIdOf(session.shopperId);
  if (conversationId === undefined) return { conversationId: own, from: 'shopper' };
  if (isStaff(session)) return { conversationId, from: 'staff' };
  if (conversationId !== own) throw conversationNotFound();
  return { conversationId, from: 'shopper' };
}

/** The conversation as one side sees it: staff see all, a shopper only their own. */
function readable(
  view: ConversationView,
  conversationId: string,
  session: Session,
  side: Side = isStaff(session) ? 'staff' : 'shopper',
): Conversation {
  const allowed = side === 'staff' ? isStaff(session) : view.shopperOf(conversationId) === session.shopperId;
  const conversation = allowed ? view.conversation(conversationId, side) : undefined;
  if (!conversation) throw conversationNotFound();
  return conversation;
}

function readingSide(session: Session, by: Side | undefined): Side {
  return by ?? (isStaff(session) ? 'staff' : 'shopper');
}

function isStaff(session: Session): boolean {
  return session.roles.includes('staff');
}
