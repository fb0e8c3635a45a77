import type { Database } from '../sqlite.ts';
import type { SagaEvent } from './saga-event.ts';
import type { SagaStatus } from './state.ts';

/** One saga in a list. Times are ISO 8601 UTC. */
export interface SagaSummary {
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly state: SagaStatus;
  /** The step it is at, or was at last. */
  readonly step?: string;
  readonly attempt?: number;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly reason?: string;
}

/** How many sagas are in each state. */
export type SagaCounts = Readonly<Record<SagaStatus, number>>;

/** What a list shows. */
export interface SagaQuery {
  readonly state?: SagaStatus;
  /** Name of a definition. */
  readonly definition?: string;
  /** Beginning of an id. */
  readonly q?: string;
  /** 1 for the first. @default 1 */
  readonly page?: number;
  /** @default 20 */
  readonly pageSize?: number;
}

/** A read model of sagas: for lists, counts, and to know what is due after a restart. */
export interface SagaTable {
  apply(id: string, event: SagaEvent): void;
  list(query: SagaQuery): { readonly total: number; readonly sagas: readonly SagaSummary[] };
  counts(): SagaCounts;
  /** Sagas on their way, of definitions: each name and version once. */
  liveDefinitions(): readonly { readonly definition: string; readonly version: number }[];
  /** Ids of sagas of this definition that are on their way, or parked with this code. */
  idsOf(definition: string, version: number, parkedCode?: string): readonly string[];
  /** Earliest due time, in milliseconds since 1970. */
  earliestDue(): number | undefined;
  dueBy(atMs: number, limit: number): readonly string[];
  /** Start of the oldest saga that has not ended, and of the longest parking, in milliseconds since 1970. */
  oldest(): { readonly pending?: number; readonly parked?: number };
}

interface SagaRow {
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly state: SagaStatus;
  readonly step: string | null;
  readonly attempt: number | null;
  readonly started_at: number;
  readonly updated_at: number;
  readonly reason: string | null;
}

const NONE: SagaCounts = { running: 0, compensating: 0, parked: 0, completed: 0, failed: 0 };

export function sagaTable(db: Database): SagaTable {
  const update = (id: string, at: number, changes: string, ...values: readonly (string | number | null)[]) =>
    db.run(`UPDATE souk_saga SET updated_at = ?, ${changes} WHERE id = ?`, at, ...values, id);

  return {
    apply(id, { name, at, data }) {
      switch (name) {
        case 'started':
          db.run(
            `INSERT OR IGNORE INTO souk_saga (id, definition, version, state, started_at, updated_at)
             VALUES (?, ?, ?, 'running', ?, ?)`,
            ...[id, data.definition, data.version, at, at],
          );
          return;
        case 'step-started': {
          const { step, kind, attempt, dueAt } = data;
          update(id, at, 'step = ?, kind = ?, attempt = ?, due_at = ?', step, kind, attempt, Date.parse(dueAt));
          return;
        }
        case 'step-failed':
        case 'step-timed-out':
          update(id, at, 'due_at = ?', data.retryAt === undefined ? null : Date.parse(data.retryAt));
          return;
        case 'step-succeeded':
          // A late one ends a parking of its step, and leaves the wait for another alone.
          update(
            ...[id, at, `state = iif(state = 'parked' AND step = ? AND kind = ?, parked_from, state)`],
            ...[data.step, data.kind],
          );
          db.run(`UPDATE souk_saga SET due_at = NULL WHERE id = ? AND step = ? AND kind = ?`, id, data.step, data.kind);
          return;
        case 'compensating':
          update(id, at, `state = 'compensating', reason = ?, due_at = NULL, ended_at = NULL`, data.reason);
          return;
        case 'parked':
          update(
            ...[id, at],
            `state = 'parked', parked_from = iif(state = 'running', 'running', 'compensating'), parked_code = ?,
             parked_at = ?, step = ifnull(?, step), kind = ifnull(?, kind), reason = ?, due_at = NULL`,
            ...[data.code, at, data.step ?? null, data.kind ?? null, data.reason],
          );
          return;
        case 'operator-acted':
          update(id, at, data.act === 'resume' ? `state = 'running', reason = NULL` : 'state = parked_from');
          return;
        case 'ended':
          update(id, at, `state = ?, reason = ?, ended_at = ?, due_at = NULL`, data.outcome, data.reason ?? null, at);
          return;
        default:
          name satisfies never;
      }
    },
    list({ state, definition, q, page = 1, pageSize = 20 }) {
      const conditions: (readonly [sql: string, ...values: string[]])[] = [
        ...(state === undefined ? [] : [['state = ?', state] as const]),
        ...(definition === undefined ? [] : [['definition = ?', definition] as const]),
        // `~` sorts after every character of an id.
        ...(q === undefined || q === '' ? [] : [['id >= ? AND id < ?', q, `${q}~`] as const]),
      ];
      const where = ['1', ...conditions.map(([sql]) => sql)];
      const values = conditions.flatMap(([, ...given]) => given);
      const from = `FROM souk_saga WHERE ${where.join(' AND ')}`;
      const total = db.get<{ n: number }>(`SELECT count(*) AS n ${from}`, ...values)?.n ?? 0;
      const sql = `SELECT * ${from} ORDER BY updated_at DESC, id LIMIT ? OFFSET ?`;
      const rows = db.all<SagaRow>(sql, ...values, pageSize, (page - 1) * pageSize);
      return { total, sagas: rows.map(toSummary) };
    },
    counts() {
      const rows = db.all<{ state: SagaStatus; n: number }>(
        'SELECT state, count(*) AS n FROM souk_saga GROUP BY state',
      );
      return { ...NONE, ...Object.fromEntries(rows.map(({ state, n }) => [state, n])) };
    },
    liveDefinitions: () =>
      db.all<{ definition: string; version: number }>(
        `SELECT DISTINCT definition, version FROM souk_saga WHERE state IN ('running', 'compensating', 'parked')`,
      ),
    idsOf(definition, version, parkedCode) {
      const [which, values] =
        parkedCode === undefined
          ? [`state IN ('running', 'compensating')`, []]
          : [`state = 'parked' AND parked_code = ?`, [parkedCode]];
      const sql = `SELECT id FROM souk_saga WHERE ${which} AND definition = ? AND version = ?`;
      return db.all<{ id: string }>(sql, ...values, definition, version).map(({ id }) => id);
    },
    earliestDue: () =>
      db.get<{ at: number | null }>(`SELECT min(due_at) AS at FROM souk_saga WHERE due_at IS NOT NULL`)?.at ??
      undefined,
    dueBy: (atMs, limit) =>
      db
        .all<{ id: string }>('SELECT id FROM souk_saga WHERE due_at <= ? ORDER BY due_at LIMIT ?', atMs, limit)
        .map(({ id }) => id),
    oldest() {
      const live = db.get<{ at: number | null }>(
        `SELECT min(started_at) AS at FROM souk_saga WHERE state IN ('running', 'compensating', 'parked')`,
      );
      const parked = db.get<{ at: number | null }>(`SELECT min(parked_at) AS at FROM souk_saga WHERE state = 'parked'`);
      return {
        ...(live?.at == null ? {} : { pending: live.at }),
        ...(parked?.at == null ? {} : { parked: parked.at }),
      };
    },
  };
}

function toSummary({
  id,
  definition,
  version,
  state,
  step,
  attempt,
  started_at,
  updated_at,
  reason,
}: SagaRow): SagaSummary {
  return {
    ...{ id, definition, version, state },
    ...(step === null ? {} : { step }),
    ...(attempt === null ? {} : { attempt }),
    startedAt: new Date(started_at).toISOString(),
    updatedAt: new Date(updated_at).toISOString(),
    ...(reason === null ? {} : { reason }),
  };
}
