import { Type } from 'typebox';
import { Invalid } from '../api-error.ts';
import type { SoukApp } from '../souk-app.ts';
import { atLeast } from '../at-least.ts';
import { requireStaff } from '../session.ts';
import { describeDefinition } from './describe-saga.ts';
import { SagaActBody, SagaDefinitionDocument, SagaDocument, SagaListDocument, SagaListQuery } from './saga-schemas.ts';
import type { Sagas } from './sagas.ts';

const byId = Type.Object({ id: Type.String({ maxLength: 200 }) });
const Acted = Type.Object({ position: Type.Integer() });

/**
 * Adds what the staff looks at sagas and repairs them with, under `/api/<backend>/sagas`, and their metrics.
 * @param name the backend: `cart`
 */
export function addSagaRoutes(app: SoukApp, name: string, sagas: Sagas): void {
  const base = `/api/${name}/sagas`;
  const preHandler = [requireStaff, atLeast(sagas.projection)];
  sagas.countIn(app.metricsRegistry);

  const list = { summary: 'Sagas', querystring: SagaListQuery, response: { 200: SagaListDocument } };
  app.get(base, { schema: list, preHandler }, async ({ query }, reply) => {
    reply.header('cache-control', 'private, no-store');
    const { page, pageSize } = query;
    const { total, sagas: found } = sagas.list(query);
    const position = sagas.projection.position();
    return { counts: sagas.counts(), total, page, pageSize, sagas: [...found], position };
  });

  const kinds = { summary: 'Definitions of sagas', response: { 200: Type.Array(SagaDefinitionDocument) } };
  app.get(`${base}/definitions`, { schema: kinds, preHandler }, async () =>
    sagas.definitions.map((one) => describeDefinition(one)),
  );

  const one = { summary: 'One saga, with all that happened to it', params: byId, response: { 200: SagaDocument } };
  app.get(`${base}/:id`, { schema: one, preHandler }, async ({ params }, reply) => {
    reply.header('cache-control', 'private, no-store');
    return sagas.describe(params.id);
  });

  const act = {
    summary: 'Repair a parked saga: retry, skip, resolve by hand, resume forward',
    ...{ params: byId, body: SagaActBody, response: { 200: Acted } },
  };
  app.post(`${base}/:id/acts`, { schema: act, preHandler }, async ({ params, body, session, cause }, reply) => {
    if (body.act === 'resolve' && body.evidence === undefined) {
      const errors = [{ pointer: '/body/evidence', detail: 'is missing' }];
      throw new Invalid('evidence-missing', 'what was done by hand needs evidence', { errors });
    }
    const { position } = await sagas.act(params.id, { ...body, who: session.shopperId, cause });
    reply.header('souk-position', String(position));
    return { position };
  });
}
