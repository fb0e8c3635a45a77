import { ConversationAnswer } from '@souk/chat-api';
import type { SoukApp } from '@souk/service-kit';
import { ownConversation } from './access.ts';
import type { RoutesOptions } from './routes-options.ts';

/** What only a shopper asks for. */
export function addShopperRoutes(app: SoukApp, { view }: RoutesOptions): void {
  app.get(
    '/api/chat/conversation',
    { schema: { summary: 'The session’s own conversation, or null', response: { 200: ConversationAnswer } } },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      const ownId = ownConversation(view, request.session);
      // A guest who has signed in since has none any more.
      const isOwn = view.ownerOf(ownId) === request.session.shopperId;
      return { conversation: (isOwn && view.conversation(ownId, 'shopper')) || null, ownId };
    },
  );
}
