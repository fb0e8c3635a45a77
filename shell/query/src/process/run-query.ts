import type { StatementSync } from 'node:sqlite';
import type { FromProcess, PastWanted } from '../runner/messages.ts';
import type { AnswerHead, Param, Query, QueryLimits } from '../runner/query.ts';
import { QueryFailed } from './failures.ts';
import { columnsOf, csvLine, jsonLine, type Value } from './format.ts';
import { putGuard, type GuardedView } from './guard.ts';
import { eventsView, type OpenLog } from './open-log.ts';

/** Where parts of an answer go; resolves when there is room for more. */
export type Send = (message: FromProcess) => Promise<void>;

/** A statement that stands to be run, and what its question said beside it. */
interface Statement {
  readonly sql: string;
  readonly render?: string;
}

const rowsToGuessTypesFrom = 100;
const chunkChars = 64 * 1024;

/**
 * Answers one query from one snapshot of the log.
 * @throws {QueryFailed} {@link Error} of SQLite
 */
export async function runQuery(log: OpenLog, query: Query, limits: QueryLimits, send: Send): Promise<void> {
  const { database } = log;
  const begun = performance.now();
  const views = log.refresh(query.past);
  log.showUpTo(undefined);
  database.exec('BEGIN');
  try {
    const position = positionOf(log, query.asOf);
    const positions = log.streamPositions(position);
    log.showUpTo(query.asOf === undefined ? undefined : position);
    const { sql, render } = await statementOf(query, log, views, send);
    const at = { position, ...(positions && { positions }) };
    const statement = prepareGuarded(log, views, query, sql, at);
    const head = { ...at, ...(render !== undefined && { render }) };
    await sendRows(statement, head, query, limits, send, begun);
  } finally {
    database.setAuthorizer(null);
    if (database.isTransaction) database.exec('ROLLBACK');
    if (query.past) log.refresh();
  }
}

let isParserLoaded = false;

async function statementOf(
  { language, text }: Query,
  log: OpenLog,
  views: readonly GuardedView[],
  send: Send,
): Promise<Statement> {
  if (text.includes('\0')) throw new QueryFailed('invalid', 'a query is text without NUL');
  if (language === 'sql') return { sql: text };
  // Loaded by the first KQL query only: it takes a while, and memory.
  const { translateKql } = await import('../kql/translate.ts');
  const tables = new Map(views.map(({ view }) => [view, log.columnsOf(view)]));
  // The parser sets itself up while it reads its first query: that is loading, too.
  if (!isParserLoaded) translateKql(`${eventsView} | count`, tables);
  isParserLoaded = true;
  await send({ kind: 'parser-loaded' });
  const statement = translateKql(text, tables);
  await send({ kind: 'translated' });
  return statement;
}

/**
 * The position that a query sees the log at. A time stands for the last event that is not later.
 * @throws {QueryFailed} there is no such position in the log
 */
function positionOf({ database }: OpenLog, asOf: Query['asOf']): number {
  const first = (sql: string, ...values: (string | number)[]) =>
    Number((database.prepare(sql).get(...values) as { position: number } | undefined)?.position ?? 0);
  const end = first('SELECT max(position) AS position FROM event');
  if (asOf === undefined) return end;
  const begin = first('SELECT min(position) AS position FROM event');
  const position =
    typeof asOf === 'number'
      ? asOf
      : first(
          `SELECT position FROM event WHERE event ->> '$.time' <= ? ORDER BY position DESC LIMIT 1`,
          new Date(asOf).toISOString(),
        );
  if (position > end)
    throw new QueryFailed('invalid', `"asOf" is beyond the end of the log, which is at position ${end}`);
  if (position < begin - 1)
    throw new QueryFailed('invalid', `the log is kept from position ${begin} on; "asOf" is before that`);
  return position;
}

function prepareGuarded(
  log: OpenLog,
  views: readonly GuardedView[],
  query: Query,
  sql: string,
  at: Omit<PastWanted, 'models'>,
): StatementSync {
  const guard = putGuard(log.database, views);
  let statement: StatementSync;
  try {
    statement = log.database.prepare(sql);
  } catch (cause) {
    if (guard.refused !== undefined) throw new QueryFailed('not-allowed', guard.refused, undefined, { cause });
    throw cause;
  }
  const rest = sql.slice(statement.sourceSQL.length);
  if (!/^(?:[\s;]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?(?:\*\/|$))*$/.test(rest)) {
    throw new QueryFailed('invalid', 'one statement at a time: there is more behind the first', {
      start: statement.sourceSQL.length,
      length: rest.length,
    });
  }
  const models = [
    ...new Set(views.flatMap(({ view, model }) => (model !== undefined && guard.views.has(view) ? [model] : []))),
  ];
  if (query.asOf !== undefined && models.some((model) => query.past?.[model] === undefined)) {
    throw new QueryFailed('unavailable', 'read models are needed as they were', undefined, { past: { models, ...at } });
  }
  statement.setReadBigInts(true);
  statement.setReturnArrays(true);
  return statement;
}

async function sendRows(
  statement: StatementSync,
  head: Omit<AnswerHead, 'columns'>,
  { params, format }: Query,
  { maxRows, maxBytes }: QueryLimits,
  send: Send,
  begun: number,
): Promise<void> {
  const names = statement.columns().map(({ name }) => name);
  if (names.length === 0) throw new QueryFailed('invalid', 'this is no query: it has no answer');
  const lineOf = format === 'csv' ? csvLine : jsonLine;
  const waiting: Value[][] = [];
  let [rows, bytes, begunToSend] = [0, 0, false];
  let chunk = '';
  let truncated: 'rows' | 'bytes' | undefined;

  const write = async (row: readonly Value[]) => {
    const line = lineOf(row);
    bytes += Buffer.byteLength(line);
    if (bytes > maxBytes) return void (truncated = 'bytes');
    rows++;
    chunk += line;
    if (chunk.length >= chunkChars) await flush();
  };
  const flush = async () => {
    if (chunk !== '') await send({ kind: 'chunk', text: chunk });
    chunk = '';
  };
  const begin = async () => {
    if (begunToSend) return;
    begunToSend = true;
    await send({ kind: 'begin', ...head, columns: columnsOf(names, waiting) });
    for (const row of waiting.splice(0)) if (truncated !== 'bytes') await write(row);
    // The first rows do not wait for the others.
    await flush();
  };

  for (const row of bound(statement, params) as Iterable<Value[]>) {
    if (rows + waiting.length === maxRows) truncated = 'rows';
    if (truncated !== undefined) break;
    if (begunToSend) await write(row);
    else if (waiting.push(row) === rowsToGuessTypesFrom) await begin();
  }
  await begin();
  await flush();
  const durationMs = Math.round((performance.now() - begun) * 100) / 100;
  await send({ kind: 'end', rows, durationMs, ...(truncated !== undefined && { truncated }) });
}

function bound(statement: StatementSync, params: Query['params'] = []): Iterable<unknown> {
  try {
    if (Array.isArray(params)) return statement.iterate(...(params as readonly Param[]).map(toSql));
    const named = Object.fromEntries(Object.entries(params).map(([name, value]) => [name, toSql(value)]));
    return statement.iterate(named);
  } catch (cause) {
    throw new QueryFailed('invalid', `params: ${(cause as Error).message}`, undefined, { cause });
  }
}

function toSql(value: Param): null | number | string {
  return typeof value === 'boolean' ? Number(value) : value;
}
