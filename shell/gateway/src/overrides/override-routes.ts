import type { FastifyInstance } from 'fastify';
import { Forbidden } from '@souk/service-kit';
import { acceptJson } from '../front/json-body.ts';
import { visitorOf } from '../front/visitor-of.ts';
import type { OverrideCookie } from './override-cookie.ts';
import { mayOverride, readOverrides } from './overrides.ts';

/** `POST /registry/overrides` `{ overrides: { module: address } }`: in place of all that this session had. */
export const overrideRoutes = (app: FastifyInstance, cookie: OverrideCookie): void => {
  app.register(async (scope) => {
    acceptJson(scope);
    scope.post('/registry/overrides', async (request, reply) => {
      const visitor = visitorOf(request.raw);
      if (!mayOverride(request.raw, visitor)) {
        throw new Forbidden('staff-only', 'only staff, or a browser on the machine of the shop, may override modules');
      }
      const { overrides } = (request.body ?? {}) as { overrides?: unknown };
      // Beside the session's own cookie, which the front door may have set.
      reply.raw.appendHeader('set-cookie', cookie.write(visitor.id, readOverrides(overrides)));
      return reply.code(204).header('cache-control', 'no-store').send();
    });
  });
};
