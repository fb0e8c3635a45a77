import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { PROBLEM_MEDIA_TYPE, requireStaff, toProblem } from '@souk/service-kit';
import type { SoukApp } from '@souk/service-kit';
import { csvLine } from '../process/format.ts';
import type { Answer } from '../runner/answer.ts';
import type { QueryRunner } from '../runner/query-runner.ts';
import type { Query } from '../runner/query.ts';
import { askedOf, QueryBody } from './query-body.ts';
import type { LiveQueries } from './live-queries.ts';
import { positionOf } from './position.ts';

/** `POST /api/events/query`: an answer as it stands, or with `EMIT CHANGES` as it becomes. */
export function queryRoutes(app: SoukApp, runner: Pick<QueryRunner, 'run'>, live: LiveQueries): void {
  const schema = {
    summary: 'Asks the log and the read models, in SQL or KQL',
    description:
      'Answers in JSON lines: one with `columns` and `position`, one array per row, one with `done`, `rows`, ' +
      '`durationMs`, or `error`; or in CSV. A statement that ends with EMIT CHANGES answers with an event stream.',
    body: QueryBody,
    produces: ['application/x-ndjson', 'text/csv', 'text/event-stream', PROBLEM_MEDIA_TYPE],
  };
  app.post('/api/events/query', { schema, preHandler: requireStaff }, async (request, reply) => {
    const { query, emitChanges } = askedOf(request.body, request.headers.accept);
    if (emitChanges) {
      await live.connect(reply.raw, query, positionOf(request.headers['last-event-id']));
      return reply.hijack();
    }
    // Nobody reads the answer any more: the query need not go on.
    const gone = new AbortController();
    reply.raw.once('close', () => gone.abort());
    const answer = await runner.run(query, gone.signal);
    return sendAnswer(reply, query, answer, request.id);
  });
}

function sendAnswer(reply: FastifyReply, { format }: Query, answer: Answer, requestId: string): FastifyReply {
  reply.header('souk-position', String(answer.position)).header('cache-control', 'no-store');
  if (format === 'json') {
    return reply.type('application/x-ndjson; charset=utf-8').send(Readable.from(jsonLines(answer, requestId)));
  }
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', 'attachment; filename="events.csv"')
    .send(Readable.from(csvLines(answer)));
}

async function* jsonLines({ text, end, ...head }: Answer, requestId: string): AsyncGenerator<string> {
  yield `${JSON.stringify(head)}\n`;
  try {
    yield* text;
    yield `${JSON.stringify({ done: true, ...(await end), position: head.position })}\n`;
  } catch (error) {
    // The status is long sent: the last line tells.
    yield `${JSON.stringify({ done: false, error: toProblem(error, requestId).problem })}\n`;
  }
}

/** CSV has no place for an error: the connection is cut, so that half an answer is not taken for a whole one. */
async function* csvLines({ columns, text }: Answer): AsyncGenerator<string> {
  yield csvLine(columns.map(({ name }) => name));
  yield* text;
}
