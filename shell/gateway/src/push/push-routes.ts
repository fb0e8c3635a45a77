import type { FastifyInstance } from 'fastify';
import { Forbidden, Invalid } from '@souk/service-kit';
import { isFromOwnPage } from '../front/same-site.ts';
import { visitorOf } from '../front/visitor-of.ts';
import { isStaff } from '../session/visitors.ts';
import type { Visitor } from '../session/visitors.ts';
import type { PushHub } from './push-hub.ts';

/** `GET /push`: the event stream of the browser's session. */
export const pushRoutes = (app: FastifyInstance, hub: PushHub): void => {
  // A HEAD request must not open a stream that nobody reads.
  app.get('/push', { exposeHeadRoute: false }, async (request, reply) => {
    if (!isFromOwnPage(request.headers)) throw new Forbidden('cross-site', 'only pages of this shop may listen');
    const { after } = request.query as { after?: unknown };
    const visitor = visitorOf(request.raw);
    const listener = {
      sessionId: visitor.id.id,
      audiences: audiencesOf(visitor),
      after: positionOf(request.headers['last-event-id'] ?? after),
    };
    await hub.connect(reply.raw, listener);
    reply.hijack();
  });
};

/** Whom a visitor may hear: themselves, and everything for the staff when they are. */
const audiencesOf = (visitor: Visitor): readonly string[] => [
  `push.shopper.${visitor.session.shopperId}`,
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
