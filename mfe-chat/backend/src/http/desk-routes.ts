import { CannedReplies, DeskSide, Inbox, InboxQuery, ShopperOverview, Staff } from '@souk/chat-api';
import { requireStaff, type SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import { memberOfStaff } from '../staff-names.ts';
import { transcriptOf } from '../transcript.ts';
import { readable } from './access.ts';
import { addDeskCommands } from './desk-commands.ts';
import type { RoutesOptions } from './routes-options.ts';

const Params = Type.Object({ conversationId: Type.String({ maxLength: 128 }) });

/** What only the staff ask for. */
export function addDeskRoutes(app: SoukApp, options: RoutesOptions): void {
  const { inbox, desk, view, staff, overviewOf, clock } = options;

  app.get(
    '/api/chat/conversations',
    {
      preHandler: requireStaff,
      schema: { summary: 'The desk’s inbox (staff)', querystring: InboxQuery, response: { 200: Inbox } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      return inbox.inbox(request.query, memberOfStaff(request.session).staffId, desk.memberOf);
    },
  );

  app.get(
    '/api/chat/conversations/:conversationId/desk',
    {
      preHandler: requireStaff,
      schema: { summary: 'Notes and who has it (staff)', params: Params, response: { 200: DeskSide } },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      const { conversationId } = request.params;
      readable(view, conversationId, request.session, 'staff');
      const { assignee, closed } = inbox.standing(conversationId);
      return {
        assignee: assignee === null ? null : desk.memberOf(assignee),
        closed,
        entries: desk.entries(conversationId),
      };
    },
  );

  app.get(
    '/api/chat/conversations/:conversationId/shopper',
    {
      preHandler: requireStaff,
      schema: {
        summary: 'The shopper’s cart and orders, as the cart’s backend tells (staff)',
        params: Params,
        response: { 200: ShopperOverview },
      },
    },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      const { conversationId } = request.params;
      readable(view, conversationId, request.session, 'staff');
      return overviewOf(view.ownerOf(conversationId) ?? '');
    },
  );

  app.get(
    '/api/chat/conversations/:conversationId/transcript',
    {
      preHandler: requireStaff,
      schema: { summary: 'All messages as plain text, without notes (staff)', params: Params },
    },
    async (request, reply) => {
      const { conversationId } = request.params;
      const conversation = readable(view, conversationId, request.session, 'staff');
      return reply
        .header('cache-control', 'private, no-store')
        .header('content-disposition', `attachment; filename="conversation-${conversationId.slice(2, 6)}.txt"`)
        .type('text/plain; charset=utf-8')
        .send(transcriptOf(conversation, view, clock()));
    },
  );

  app.get(
    '/api/chat/staff',
    { preHandler: requireStaff, schema: { summary: 'Who is at the desk (staff)', response: { 200: Staff } } },
    async (request, reply) => {
      reply.header('cache-control', 'private, no-store');
      const members = desk.members().map((member) => ({ ...member, present: staff.isPresent(member.staffId) }));
      return { me: memberOfStaff(request.session), members };
    },
  );

  app.get(
    '/api/chat/canned-replies',
    {
      preHandler: requireStaff,
      schema: { summary: 'The replies that are kept ready (staff)', response: { 200: CannedReplies } },
    },
    async (_request, reply) => {
      reply.header('cache-control', 'private, no-store');
      return { replies: desk.replies() };
    },
  );

  addDeskCommands(app, options);
}
