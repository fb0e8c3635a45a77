import type { FastifyInstance } from 'fastify';
import { visitorOf } from '../front/visitor-of.ts';
import type { OverrideCookie } from '../overrides/override-cookie.ts';
import { mayOverride } from '../overrides/overrides.ts';
import type { Compose } from './composition.ts';

/** `GET /registry/deployment`: the set of versions that this session would get now, so that an open page can tell. */
export const deploymentRoutes = (app: FastifyInstance, compose: Compose, overrideCookie: OverrideCookie): void => {
  app.get('/registry/deployment', async (request, reply) => {
    const visitor = visitorOf(request.raw);
    const may = mayOverride(request.raw, visitor);
    const overrides = may ? overrideCookie.read(visitor.id, request.headers.cookie) : {};
    const { id, manifests } = compose(visitor.session.shopperId, overrides);
    const versions = Object.fromEntries(manifests.map(({ name, version }) => [name, version]));
    return reply.header('cache-control', 'no-store').send({ id, versions });
  });
};
