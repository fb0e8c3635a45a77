import type { FastifyInstance } from 'fastify';
import { Forbidden, Invalid } from '@souk/service-kit';
import { isFromOwnPage } from '../front/same-site.ts';
import { visitorOf } from '../front/visitor-of.ts';
import { audienceOf, isStaff } from '../session/visitors.ts';
import type { Visitor, Visitors } from '../session/visitors.ts';
import { endFrame } from './frames.ts';
import type { PushHub } from './push-hub.ts';

/** `GET /push`: the event stream of the browser's session. */
export const pushRoutes = (app: FastifyInstance, hub: PushHub, visitors: Visitors): void => {
  // A HEAD request must not open a stream that nobody reads.
  app.get('/push', { exposeHeadRoute: false }, async (request, reply) => {
    if (!isFromOwnPage(request.headers)) throw new Forbidden('cross-site', 'only pages of this shop may listen');
    const { after, epoch, audience } = request.query as Record<string, unknown>;
    const visitor = visitorOf(request.raw);
    const listener = {
      sessionId: visitor.sessionId,
      subjects: subjectsOf(visitor),
      after: positionOf(request.headers['last-event-id'] ?? after),
      epoch: nameOf(epoch),
      isOpen: visitor.id.kind === 'guest' ? undefined : () => visitors.isOpen(visitor),
    };
    // A page of a session that is over: its messages are nobody's, and those of the new session are not for this page.
    if (audience !== undefined && audience !== audienceOf(visitor)) {
      return reply.type('text/event-stream; charset=utf-8').header('cache-control', 'no-store').send(endFrame());
    }
    if (!reply.raw.socket) throw new Invalid('pipelined', 'an event stream must be asked for on its own');
    await hub.connect(reply.raw, listener);
    return reply.hijack();
  });
};

/**
 * Whom a visitor may hear by being who they are: themselves, what is for everybody, and everything for the staff when they
 * work here. There
 * is no way to ask for more; what their session has joined (a conversation, a customer) is written in the log.
 */
const subjectsOf = (visitor: Visitor): readonly string[] => [
  `push.shopper.${visitor.session.shopperId}`,
  'push.everyone',
  ...(isStaff(visitor) ? ['push.staff'] : []),
];

/** @throws {Invalid} */
const positionOf = (text: unknown): number | undefined => {
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string' || !/^[0-9]{1,15}$/.test(text)) {
    throw new Invalid('not-a-position', 'a position of the event stream is a whole number');
  }
  return Number(text);
};

/** @throws {Invalid} */
const nameOf = (text: unknown): string | undefined => {
  if (text === undefined || text === '') return undefined;
  if (typeof text !== 'string' || text.length > 100) throw new Invalid('not-an-epoch', 'this is no name of a log');
  return text;
};
