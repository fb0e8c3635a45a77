import { Type } from 'typebox';
import { assertLogFilter, subjectMatcher } from '@souk/event-channel';
import { Invalid, requireStaff } from '@souk/service-kit';
import type { SoukApp } from '@souk/service-kit';
import type { QueryRunner } from '../runner/query-runner.ts';
import type { Param } from '../runner/query.ts';
import type { LiveQueries } from './live-queries.ts';
import { positionOf } from './position.ts';

const names = [
  'position',
  'stream',
  'subject',
  'type',
  'time',
  'id',
  'source',
  'correlationid',
  'causationid',
  'data',
] as const;

/** An event as the tail sends it. */
type Row = readonly [position: number, stream: string, subject: string, ...rest: unknown[]];

/** Rows of one step; when there are more, the next step follows at once. */
const pageRows = 500;

const text = Type.Optional(Type.String({ maxLength: 200 }));
const TailQuery = Type.Object({
  stream: text,
  subject: text,
  type: text,
  correlation: text,
  after: text,
  last: Type.Integer({ minimum: 0, maximum: pageRows, default: 0 }),
});

/**
 * `GET /api/events/tail`: events as they come, the id of each its position. `Last-Event-ID` or `after` resume, `last`
 * begins with the last ones that match. `*` in `type` stands for anything; `subject` is a filter of the channel.
 */
export function tailRoutes(app: SoukApp, runner: Pick<QueryRunner, 'run'>, live: LiveQueries): void {
  const options = { schema: { querystring: TailQuery }, preHandler: requireStaff, exposeHeadRoute: false };
  app.get('/api/events/tail', options, async (request, reply) => {
    const { stream, subject, type, correlation, last, after } = request.query;
    const matches = subject === undefined ? () => true : subjectFilter(subject);
    const conditions: string[] = [];
    const values: Param[] = [];
    const where = (condition: string, value: string | undefined) => {
      if (value === undefined) return;
      conditions.push(condition);
      values.push(value);
    };
    where('stream = ?', stream);
    where('type GLOB ?', type?.replaceAll(/[[?]/g, '[$&]'));
    where('correlationid = ?', correlation);
    // Coarse: the filter itself decides below.
    where('subject GLOB ?', subject?.replace(/>$/, '*'));

    const page = async (position: number, signal: AbortSignal, newestFirst: number | undefined) => {
      const condition = ['position > ?', ...conditions].join(' AND ');
      const order = newestFirst === undefined ? `ASC LIMIT ${pageRows}` : `DESC LIMIT ${newestFirst}`;
      const sql = `SELECT ${names.join(', ')} FROM events WHERE ${condition} ORDER BY position ${order}`;
      const params = [position, ...values];
      const answer = await runner.run({ language: 'sql', text: sql, params, format: 'json' }, signal);
      let lines = '';
      for await (const chunk of answer.text) lines += chunk;
      const rows = lines
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Row);
      const { truncated } = await answer.end;
      const isLast = rows.length < pageRows && truncated === undefined;
      return { rows: newestFirst === undefined ? rows : rows.toReversed(), end: answer.position, isLast };
    };

    let position = positionOf(request.headers['last-event-id']) ?? positionOf(after);
    await live.follow(reply.raw, async (signal) => {
      const first = position === undefined;
      let found = await page(position ?? 0, signal, first ? last : undefined);
      return async (events) => {
        for (;;) {
          for (const row of found.rows) if (matches(row[2])) await events.send('event', eventOf(row), row[0]);
          const reached = found.isLast || first ? found.end : (found.rows.at(-1)?.[0] ?? found.end);
          if (reached !== position) await events.send('position', { position: reached }, reached);
          position = reached;
          if (found.isLast || first || signal.aborted) return;
          found = await page(position, signal, undefined);
        }
      };
    });
    return reply.hijack();
  });
}

function eventOf(row: Row): Record<string, unknown> {
  const event = Object.fromEntries(names.map((name, index) => [name, row[index]]));
  return { ...event, data: typeof event['data'] === 'string' ? (JSON.parse(event['data']) as unknown) : null };
}

/** @throws {Invalid} */
function subjectFilter(filter: string): (subject: string) => boolean {
  try {
    assertLogFilter(filter);
    return subjectMatcher(filter);
  } catch (cause) {
    throw new Invalid('not-a-filter', 'subject: use a filter such as cart.order.> or cart.*.c1', { cause });
  }
}
