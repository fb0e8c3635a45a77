import { Inbox, InboxQuery } from '@souk/chat-api';
import { requireStaff, type SoukApp } from '@souk/service-kit';
import type { RoutesOptions } from './routes-options.ts';

/** What only the staff ask for. */
export function addDeskRoutes(app: SoukApp, { inbox }: RoutesOptions): void {
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
