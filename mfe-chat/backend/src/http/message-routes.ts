import {
  Delivered,
  MessagePage,
  MessagesQuery,
  PostMessage,
  Posted,
  ReadAnswer,
  ReadConversation,
} from '@souk/chat-api';
import { RateLimited, type SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import { knownMessage } from '../domain/state.ts';
import { attachmentsOf } from './attachment-routes.ts';
import { memberOfStaff } from '../staff-names.ts';
import { isStaff, readable, sideOf, whereAndWho } from './access.ts';
import { refusedAsProblem } from './problems.ts';
import type { RoutesOptions } from './routes-options.ts';

const Params = Type.Object({ conversationId: Type.String({ maxLength: 128 }) });

/** What both sides do in a conversation: read, say, and note how far they have read. */
export function addMessageRoutes(app: SoukApp, options: RoutesOptions): void {
  const { conversations, attachments, view, desk, takeToken, newId, caughtUp } = options;

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
      const { session } = request;
      const conversation = readable(view, conversationId, session);
      if (isStaff(session)) return view.page(conversation, request.query, { memberOf: desk.memberOf });
      const all = view.conversationsOf(session.shopperId);
      return view.page(conversation, request.query, { earlier: all.slice(all.indexOf(conversationId) + 1) });
    },
  );

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
      const { conversationId, from } = whereAndWho(view, body.conversationId, session);
      const { clientMsgId, text, about = null, card = null } = body;
      const attached = await attachmentsOf(attachments, conversationId, session.shopperId, body.attachments ?? []);
      const handled = await refusedAsProblem(
        conversations.handle(
          {
            kind: 'post',
            conversationId,
            from,
            speakerId: session.shopperId,
            ...(from === 'staff' && { by: memberOfStaff(session).staffId }),
            text,
            clientMsgId,
            messageId: newId('m'),
            about,
            card,
            attachments: attached,
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
      const by = body.by ?? sideOf(session);
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

  app.post(
    '/api/chat/conversations/:conversationId/delivered',
    {
      schema: {
        summary: 'Note what a browser of one side has been given',
        params: Params,
        body: Delivered,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      const { session, body } = request;
      const { conversationId } = request.params;
      const { upTo, to = sideOf(session) } = body;
      readable(view, conversationId, session, to);
      await refusedAsProblem(conversations.handle({ kind: 'deliver', conversationId, to, upTo }, request.cause));
      return reply.code(204).send(null);
    },
  );
}
