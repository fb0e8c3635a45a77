import { Type } from 'typebox';
import { recentLinesOf } from './logger.ts';
import { requireStaff } from './session.ts';
import type { SoukApp } from './souk-app.ts';

const Lines = Type.Object({
  lines: Type.Array(
    Type.Object({
      time: Type.String({ description: 'ISO 8601' }),
      level: Type.String(),
      message: Type.String(),
      more: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
});
const query = Type.Object({ trace: Type.String({ pattern: '^[0-9a-f]{32}$' }) });

/**
 * Lets staff see what this process has lately logged of a trace: `/api/<name>/log?trace=ID`. Nothing private is in a log, and
 * so none is here. Where nothing is remembered there is no such route.
 */
export function addLogRoute(app: SoukApp, name: string, log: object): void {
  const recent = recentLinesOf(log);
  if (recent === undefined) return;
  const summary = 'What this process has lately logged of a trace';
  const schema = { tags: ['staff'], summary, querystring: query, response: { 200: Lines } };
  app.get(`/api/${name}/log`, { preHandler: requireStaff, schema }, async (request, reply) => {
    reply.header('cache-control', 'private, no-store');
    return { lines: recent.ofTrace(request.query.trace, name).map((line) => ({ ...line, more: { ...line.more } })) };
  });
}
