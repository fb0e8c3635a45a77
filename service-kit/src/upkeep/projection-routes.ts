import { Type } from 'typebox';
import { Readable } from 'node:stream';
import { NotFound } from '../api-error.ts';
import type { SoukApp } from '../souk-app.ts';
import type { Projection } from '../projection.ts';
import type { Rebuild, RebuildProgress } from '../rebuild/rebuilder.ts';
import { requireStaff } from '../session.ts';

const Progress = Type.Object({
  state: Type.Enum(['building', 'rebuilt', 'failed']),
  done: Type.Integer({ description: 'Positions of the log that are done, over all streams' }),
  total: Type.Integer(),
  events: Type.Integer({ description: 'Events applied' }),
  seconds: Type.Number(),
  swapMs: Type.Optional(Type.Number({ description: 'How long the old one stood still before the change' })),
  reason: Type.Optional(Type.String()),
});
const Projections = Type.Object({
  projections: Type.Array(
    Type.Object({
      name: Type.String(),
      caughtUp: Type.Boolean(),
      failing: Type.Optional(Type.String()),
      streams: Type.Array(
        Type.Object({ stream: Type.String(), position: Type.Integer(), lag: Type.Integer({ minimum: 0 }) }),
      ),
      rebuild: Type.Optional(Progress),
    }),
  ),
});

/** Between two lines of progress. */
const REPORT_EVERY_MS = 200;

/** Lets staff see the read models of a backend, and rebuild one while it serves. */
export function addProjectionRoutes(app: SoukApp, name: string, projections: readonly Projection[]): void {
  const tags = ['staff'];
  app.get(
    `/api/${name}/projections`,
    { preHandler: requireStaff, schema: { tags, summary: 'The read models', response: { 200: Projections } } },
    async (_request, reply) => {
      reply.header('cache-control', 'private, no-store');
      const all = await Promise.all(
        projections.map(async (projection) => {
          const { caughtUp, streams, failing } = await projection.status();
          const rebuild = projection.rebuilding?.progress;
          return {
            ...{ name: projection.name, caughtUp, streams: [...streams] },
            ...(failing === undefined ? {} : { failing }),
            ...(rebuild === undefined ? {} : { rebuild }),
          };
        }),
      );
      return { projections: all };
    },
  );

  const schema = {
    tags,
    summary: 'Rebuild a read model from the log while it serves; progress as JSON lines, the last not `building`',
    params: Type.Object({ projection: Type.String({ maxLength: 128 }) }),
  };
  app.post(
    `/api/${name}/projections/:projection/rebuild`,
    { preHandler: requireStaff, schema },
    async (request, reply) => {
      const projection = projections.find((one) => one.name === request.params.projection);
      if (projection === undefined) throw new NotFound();
      const rebuild = projection.rebuild();
      reply.header('cache-control', 'no-store').type('application/x-ndjson');
      // Whoever goes away does not stop it.
      return reply.send(Readable.from(progressLines(rebuild, app.closingSignal)));
    },
  );
}

async function* progressLines(rebuild: Rebuild, closing: AbortSignal): AsyncGenerator<string> {
  let shownAt = -Infinity;
  while (rebuild.progress.state === 'building' && !closing.aborted) {
    if (performance.now() - shownAt >= REPORT_EVERY_MS) {
      shownAt = performance.now();
      yield line(rebuild.progress);
    }
    await rebuild.changed();
  }
  yield line(rebuild.progress);
}

function line(progress: RebuildProgress): string {
  return `${JSON.stringify(progress)}\n`;
}
