import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { SQLOutputValue } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { ProcessSetup } from '../runner/messages.ts';
import type { PastModel, Query, ReadModel } from '../runner/query.ts';
import { QueryFailed } from './failures.ts';
import type { GuardedView } from './guard.ts';
import { newestFile } from './newest-file.ts';

/** The log and the read models, open for reading. */
export interface OpenLog {
  readonly database: DatabaseSync;
  /**
   * Attaches what has come or changed since; then all views that there are, with `events` first.
   * @param past read models to show as they were, in place of what they are
   * @throws {QueryFailed} one of these is gone
   */
  refresh(past?: Query['past']): readonly GuardedView[];
  /** Names of the columns of a view. */
  columnsOf(view: string): readonly string[];
  /** How far each stream was at a position of a copy, in its own counting; `undefined` = this is the log itself. */
  streamPositions(position: number): Readonly<Record<string, number>> | undefined;
  /** Shows events up to this position only; `undefined` = all. */
  showUpTo(position: number | undefined): void;
}

/** The name under which people read the log. */
export const eventsView = 'events';

/** `event ->> '$.type'` is written as in the index `event_by_type` of the log, or SQLite would not use it. */
const eventColumns = `position, stream, subject, event ->> '$.type' AS type, event ->> '$.time' AS time,
  event ->> '$.id' AS id, event ->> '$.source' AS source, event ->> '$.correlationid' AS correlationid,
  event ->> '$.causationid' AS causationid, event -> '$.data' AS data`;

/** Opens the log. Nothing can be written through this connection, whatever it is asked. */
export function openLog({ logFile, readModels, limits }: ProcessSetup): OpenLog {
  const database = new DatabaseSync(logFile, { readOnly: true, timeout: 500, ...hardened });
  // In memory, and not much of it: a sort must neither fill the disk nor the machine.
  database.exec(`PRAGMA temp_store = MEMORY; PRAGMA hard_heap_limit = ${limits.maxHeapBytes}`);
  database.function('kql_has', { deterministic: true }, hasTerm);
  database.function('kql_matches', { deterministic: true }, matchesPattern);
  const attached = new Map<string, string>();
  let views: GuardedView[] = [];
  let shown: number | undefined | 'nothing yet' = 'nothing yet';

  const attach = (model: ReadModel) => {
    const file = newestFile(model.file);
    const identity = identityOf(file);
    if (attached.get(model.name) === identity) return;
    if (attached.has(model.name)) detach(model.name);
    if (identity === undefined) return;
    database.prepare(`ATTACH ? AS ${quoted(model.name)}`).run(`${pathToFileURL(file).href}?mode=ro`);
    attached.set(model.name, identity);
    for (const table of model.tables) {
      if (!database.prepare(`SELECT 1 FROM ${quoted(model.name)}.sqlite_schema WHERE name = ?`).get(table)) continue;
      const view = `${model.name}_${table}`;
      database.exec(`CREATE TEMP VIEW ${quoted(view)} AS SELECT * FROM ${quoted(model.name)}.${quoted(table)}`);
      views.push({ view, table, model: model.name });
    }
  };
  const detach = (name: string) => {
    for (const { view, model } of views) if (model === name) database.exec(`DROP VIEW temp.${quoted(view)}`);
    views = views.filter(({ model }) => model !== name);
    database.exec(`DETACH ${quoted(name)}`);
    attached.delete(name);
  };

  const isCopy = database.prepare(`SELECT 1 FROM main.sqlite_schema WHERE name = 'copied'`).get() !== undefined;

  return {
    database,
    refresh(past = {}) {
      for (const model of readModels) {
        const { name } = model;
        try {
          attach(asItWas(model, past[name]));
        } catch {
          // A read model that is just being made has no views yet; the next query finds it.
        }
        if (past[name] && !attached.has(name)) {
          throw new QueryFailed('unavailable', `"${name}" as it was is no longer there; ask again`);
        }
      }
      return [{ view: eventsView, table: 'event' }, ...views];
    },
    columnsOf: (view) =>
      database
        .prepare('SELECT name FROM pragma_table_info(?)')
        .all(view)
        .map(({ name }) => String(name)),
    streamPositions(position) {
      if (!isCopy) return undefined;
      // Right before the first event that comes later: the ones before that may have been let go.
      const rows = database
        .prepare(
          `SELECT stream, coalesce((SELECT stream_position - 1 FROM main.event WHERE stream = copied.stream AND position > ?
             ORDER BY position LIMIT 1), position) AS position FROM main.copied ORDER BY stream`,
        )
        .all(position);
      return Object.fromEntries(rows.map(({ stream, position }) => [String(stream), Number(position)]));
    },
    showUpTo(position) {
      if (shown === position) return;
      const where = position === undefined ? '' : `WHERE position <= ${position}`;
      database.exec(`DROP VIEW IF EXISTS temp.${eventsView};
        CREATE TEMP VIEW ${eventsView} AS SELECT ${eventColumns} FROM main.event ${where}`);
      shown = position;
    },
  };
}

/** Sizes that no honest question needs. */
const hardened = {
  allowExtension: false,
  defensive: true,
  limits: {
    length: 16 * 1024 * 1024,
    sqlLength: 100_000,
    column: 200,
    exprDepth: 200,
    compoundSelect: 50,
    functionArg: 100,
    likePatternLength: 1_000,
    variableNumber: 1_000,
  },
} as const;

/** Never more than is open of it now. */
function asItWas(model: ReadModel, past: PastModel | undefined): ReadModel {
  return past ? { ...model, file: past.file, tables: model.tables.filter((one) => past.tables.includes(one)) } : model;
}

/** Tells a file from another one that takes its place. */
function identityOf(file: string): string | undefined {
  const found = statSync(file, { throwIfNoEntry: false });
  return found && `${found.dev} ${found.ino} ${found.birthtimeMs}`;
}

/** A name as SQL takes it, whatever is in it. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** KQL's `has`: the term stands in the text with no letter or digit right before or behind it; case does not matter. */
function hasTerm(text: SQLOutputValue, term: SQLOutputValue): number | null {
  if (text === null || term === null) return null;
  const word = String(term).replaceAll(/[^\p{L}\p{N}]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`);
  return Number(new RegExp(`(?<![\\p{L}\\p{N}])${word}(?![\\p{L}\\p{N}])`, 'iu').test(String(text)));
}

function matchesPattern(text: SQLOutputValue, pattern: SQLOutputValue): number | null {
  if (text === null || pattern === null) return null;
  try {
    return Number(new RegExp(String(pattern), 'u').test(String(text)));
  } catch (cause) {
    throw new QueryFailed('invalid', `not a regular expression: ${(cause as Error).message}`, undefined, { cause });
  }
}
