import type { FastifyInstance } from 'fastify';
import { Forbidden } from '@souk/service-kit';
import { visitorOf } from '../front/visitor-of.ts';
import { isStaff } from '../session/visitors.ts';
import type { HealthWatch } from './health-watch.ts';
import { createRateLimit } from '../front/rate-limit.ts';
import { maxReportBytes, readReport } from './report.ts';
import { windowMs } from './tally.ts';

export interface ReportRoutesOptions {
  readonly health: HealthWatch;
  readonly clock: () => Date;
}

/** `POST /registry/reports`: what pages tell of themselves; `GET`: how each live version does, for staff. */
export const reportRoutes = (app: FastifyInstance, { health, clock }: ReportRoutesOptions): void => {
  const limit = createRateLimit('too-many-reports', 'this page tells too much');
  app.register(async (scope) => {
    scope.addContentTypeParser('*', { parseAs: 'string', bodyLimit: maxReportBytes }, (_request, body, done) =>
      done(null, body),
    );
    scope.post('/registry/reports', async (request, reply) => {
      const visitor = visitorOf(request.raw);
      const report = readReport(String(request.body));
      limit.take(visitor.session.shopperId, clock().getTime());
      // Who brings no session has no page of ours; it is not worth a word.
      if (!visitor.isNew) health.take(visitor.session.shopperId, report);
      return reply.code(204).header('cache-control', 'no-store').send();
    });
  });
  app.get('/registry/reports', async (request, reply) => {
    if (!isStaff(visitorOf(request.raw))) throw new Forbidden('staff-only', 'only staff may see how versions do');
    return reply.header('cache-control', 'no-store').send({ windowMs, versions: health.health() });
  });
};
