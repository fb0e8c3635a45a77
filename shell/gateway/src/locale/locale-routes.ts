import type { FastifyInstance } from 'fastify';
import { visitorOf } from '../front/visitor-of.ts';
import { original } from './locale.ts';
import { pageLocale } from './switch.ts';

/** `GET /locale?lang=&currency=`: chooses, as on every page, and answers what an open page needs to change with it. */
export const localeRoutes = (app: FastifyInstance): void => {
  app.get('/locale', (request, reply) =>
    reply.header('cache-control', 'no-store').send(pageLocale(visitorOf(request.raw).locale ?? original)),
  );
};
