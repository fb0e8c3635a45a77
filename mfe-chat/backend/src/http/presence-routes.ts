import { Presence, Typing } from '@souk/chat-api';
import type { SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import { presenceOf } from '../tell-presence.ts';
import { tellTyping } from '../tell-typing.ts';
import { whereAndWho } from './access.ts';
import { postLimit } from './post-limit.ts';
import type { RoutesOptions } from './routes-options.ts';

/** A browser says it every 3 s, and once when it is over. */
const typingLimit = { burst: 20, perMinute: 60 };

/** What is so at this moment only: who is there, and who is typing. */
export function addPresenceRoutes(app: SoukApp, { channel, clock, presence, hours, view }: RoutesOptions): void {
  const takeToken = postLimit(typingLimit, clock);

  app.get(
    '/api/chat/presence',
    { schema: { summary: 'Whether somebody is at the desk', response: { 200: Presence } } },
    async (_request, reply) => {
      reply.header('cache-control', 'private, no-store');
      return presenceOf(presence.present(), hours, clock());
    },
  );

  app.post(
    '/api/chat/typing',
    { schema: { summary: 'Tell the other side that one is typing', body: Typing, response: { 204: Type.Null() } } },
    async ({ session, body }, reply) => {
      const { conversationId, from: who } = whereAndWho(view, body.conversationId, session);
      const shopperId = view.ownerOf(conversationId);
      // Before the first message there is nobody to tell. That it is over is always told.
      const heard = shopperId !== undefined && (!body.typing || takeToken(session.shopperId) === 0);
      if (heard) tellTyping(channel, { conversationId, shopperId, who, typing: body.typing });
      return reply.code(204).send(null);
    },
  );
}
