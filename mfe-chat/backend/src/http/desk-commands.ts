import { DeskDone, NoteBody, SaveReply, TransferBody } from '@souk/chat-api';
import { Conflict, Invalid, requireStaff, type Cause, type SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import type { DeskCommand } from '../domain/desk.ts';
import { ClaimedByOther } from '../domain/errors.ts';
import { memberOfStaff } from '../staff-names.ts';
import { refusedAsProblem } from './problems.ts';
import type { RoutesOptions } from './routes-options.ts';

const Params = Type.Object({ conversationId: Type.String({ maxLength: 128 }) });
const ReplyParams = Type.Object({ replyId: Type.String({ minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9_-]+$' }) });
const Position = Type.Object({ position: Type.Integer({ minimum: 0 }) });

/** What only the staff do. Each may be sent again: what is so already stays so. */
export function addDeskCommands(app: SoukApp, options: RoutesOptions): void {
  const { conversations, replies, desk, newId, caughtUp } = options;

  async function run(command: DeskCommand, cause: Cause | undefined): Promise<DeskDone> {
    try {
      const { state, position } = await conversations.handle(command, cause);
      await caughtUp(position);
      const assignee = state.assignee === null ? null : desk.memberOf(state.assignee);
      return { assignee, closed: state.closed, position };
    } catch (error) {
      if (!(error instanceof ClaimedByOther)) throw error;
      // Whoever lost is told to whom.
      const assignee = error.assignee === null ? null : desk.memberOf(error.assignee);
      const message = assignee?.name ? `${assignee.name} has this conversation.` : error.message;
      throw new Conflict(error.code, message, { cause: error, details: { assignee } });
    }
  }

  for (const [kind, summary] of [
    ['claim', 'Take a conversation that nobody has (staff)'],
    ['close', 'It is done (staff)'],
    ['reopen', 'It is not done after all (staff)'],
  ] as const) {
    app.post(
      `/api/chat/conversations/:conversationId/${kind}`,
      { preHandler: requireStaff, schema: { summary, params: Params, response: { 200: DeskDone } } },
      async ({ params, session, cause }) => {
        const by = memberOfStaff(session).staffId;
        return refusedAsProblem(run({ kind, conversationId: params.conversationId, by }, cause));
      },
    );
  }

  app.post(
    '/api/chat/conversations/:conversationId/transfer',
    {
      preHandler: requireStaff,
      schema: {
        summary: 'Hand a conversation on: to a colleague, to oneself, or back to everybody (staff)',
        params: Params,
        body: TransferBody,
        response: { 200: DeskDone },
      },
    },
    async ({ params, session, body, cause }) => {
      const me = memberOfStaff(session).staffId;
      if (body.to !== null && body.to !== me && desk.memberOf(body.to).name === '') {
        throw new Invalid('no-such-member', 'Nobody of the staff is called that.', {
          errors: [{ pointer: '/body/to', detail: 'no member of the staff' }],
        });
      }
      const command = { kind: 'transfer', conversationId: params.conversationId, by: me, ...body } as const;
      return refusedAsProblem(run(command, cause));
    },
  );

  app.post(
    '/api/chat/conversations/:conversationId/notes',
    {
      preHandler: requireStaff,
      schema: {
        summary: 'Tell the colleagues something; the same clientMsgId is the same note (staff)',
        params: Params,
        body: NoteBody,
        response: { 200: DeskDone },
      },
    },
    async ({ params, session, body, cause }) => {
      const by = memberOfStaff(session).staffId;
      const { conversationId } = params;
      return refusedAsProblem(run({ kind: 'note', conversationId, by, noteId: newId('n'), ...body }, cause));
    },
  );

  app.put(
    '/api/chat/canned-replies/:replyId',
    {
      preHandler: requireStaff,
      schema: {
        summary: 'Keep a reply ready, or change it (staff)',
        params: ReplyParams,
        body: SaveReply,
        response: { 200: Position },
      },
    },
    async ({ params, session, body, cause }) => {
      const by = memberOfStaff(session).staffId;
      const command = { kind: 'save', replyId: params.replyId, ...body, by } as const;
      const position = await refusedAsProblem(replies.handle(command, cause));
      await caughtUp(position);
      return { position };
    },
  );

  app.delete(
    '/api/chat/canned-replies/:replyId',
    {
      preHandler: requireStaff,
      schema: { summary: 'Take a reply away (staff)', params: ReplyParams, response: { 200: Position } },
    },
    async ({ params, session, cause }) => {
      const by = memberOfStaff(session).staffId;
      const position = await refusedAsProblem(replies.handle({ kind: 'remove', replyId: params.replyId, by }, cause));
      await caughtUp(position);
      return { position };
    },
  );
}
