import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { KIT_COLUMNS, KIT_SCHEMA } from './kit-schema.ts';

/** What a statement takes for `?` and `:name`. */
export type SqlValue = SQLInputValue;

/** A row as SQLite returns it. */
export type Row = Record<string, SqlOutput>;

/** What a column can hold. */
export type SqlOutput = null | number | bigint | string | Uint8Array;

/** One SQLite file of one service. Synchronous; every statement is prepared once and kept. */
export interface Database {
  /** Path of the file; `:memory:` for none. */
  readonly file: string;
  /** The schema that it was opened with, step by step. */
  readonly migrations: readonly string[];
  /** Every row of a query. `RowType` is taken on trust: it describes the columns selected. */
  all<RowType extends object = Row>(sql: string, ...values: readonly SqlValue[]): RowType[];
  /** The first row, if there is one. */
  get<RowType extends object = Row>(sql: string, ...values: readonly SqlValue[]): RowType | undefined;
  /** Rows one by one, for results too large to hold. */
  iterate<RowType extends object = Row>(sql: string, ...values: readonly SqlValue[]): IterableIterator<RowType>;
  /** Runs a statement that changes rows. */
  run(sql: string, ...values: readonly SqlValue[]): { readonly changes: number; readonly lastInsertRowid: number };
  /** Runs several statements without values, such as a schema. */
  exec(sql: string): void;
  /** The prepared statement itself, cached, for what the methods above do not offer. */
  prepare(sql: string): StatementSync;
  /**
   * Runs `work` as one transaction: all of it or, when it throws, nothing. Inside another transaction it is a savepoint.
   * `work` must be synchronous.
   * @throws whatever `work` throws
   */
  transaction<Result>(work: () => Result): Result;
  /**
   * Lets somebody else write the file for a longer time, such as a thread. Reading goes on; who would write waits for
   * {@link lent}, or else blocks until it is over.
   */
  lend<Result>(work: () => Promise<Result>): Promise<Result>;
  /** While the file is lent: resolves when it is back, and then it may be lent to the next. Never rejects. */
  readonly lent: Promise<void> | undefined;
  /** Closes the file. Idempotent. */
  close(): void;
}

export interface DatabaseOptions {
  /** Path of the file, made with its folder if it is not there; `:memory:` for none. */
  readonly file: string;
  /** The schema, step by step: number n takes a file from version n to n + 1. Append, never edit. */
  readonly migrations: readonly string[];
  /** Wait for another process's lock. @default 5000 milliseconds */
  readonly busyTimeoutMs?: number;
  /**
   * What is deleted is in no file any more once that is committed: it is overwritten, and no log of pages is kept beside the
   * file. Each commit is synced, also against a power loss. Slower to write; for secrets. @default false
   */
  readonly shreds?: boolean;
}

/** The file was written by a later version of this service. */
export class DatabaseTooNew extends Error {
  readonly code = 'database-too-new';
  constructor(file: string, found: number, known: number) {
    super(`${file} has schema version ${found}, this version knows ${known}`);
    this.name = 'DatabaseTooNew';
  }
}

/**
 * Opens a service's own database and brings its schema up to date, each step in its own transaction.
 * WAL with `synchronous = NORMAL`: after a power loss the last commits may be missing but the file is whole, which is
 * right for what can be rebuilt from the log; a checkpoint in the same file makes sure that it is.
 * @throws {DatabaseTooNew}
 */
export function openDatabase(options: DatabaseOptions): Database {
  if (options.file !== ':memory:') mkdirSync(dirname(options.file), { recursive: true });
  const sqlite = new DatabaseSync(options.file, { timeout: options.busyTimeoutMs ?? 5000 });
  try {
    sqlite.exec(options.shreds === true ? shredding : 'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    sqlite.exec('PRAGMA foreign_keys = ON');
    const db = wrap(sqlite, options);
    db.exec(KIT_SCHEMA);
    addColumns(db);
    migrate(db, options);
    return db;
  } catch (error) {
    sqlite.close();
    throw error;
  }
}

const shredding = 'PRAGMA secure_delete = ON; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL;';

function wrap(sqlite: DatabaseSync, { file, migrations }: DatabaseOptions): Database {
  const statements = new Map<string, StatementSync>();
  const commands = new Map<string, StatementSync>();
  let depth = 0;
  let lent: Promise<void> | undefined;

  const prepare = (sql: string): StatementSync => {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = sqlite.prepare(sql);
      statements.set(sql, statement);
    }
    return statement;
  };
  // Answers in BigInt: a full-text index writes rows of its own whose ids are past 2^53, and `run` would throw on them
  // although the change is made.
  const command = (sql: string): StatementSync => {
    let statement = commands.get(sql);
    if (statement === undefined) {
      statement = sqlite.prepare(sql);
      statement.setReadBigInts(true);
      commands.set(sql, statement);
    }
    return statement;
  };

  return {
    file,
    migrations,
    all: <RowType extends object>(sql: string, ...values: readonly SqlValue[]) =>
      prepare(sql).all(...values) as RowType[],
    get: <RowType extends object>(sql: string, ...values: readonly SqlValue[]) =>
      prepare(sql).get(...values) as RowType | undefined,
    // A statement of its own: a cached one would be reset by its next use while this one is still read.
    iterate: <RowType extends object>(sql: string, ...values: readonly SqlValue[]) =>
      sqlite.prepare(sql).iterate(...values) as IterableIterator<RowType>,
    run(sql, ...values) {
      const { changes, lastInsertRowid } = command(sql).run(...values);
      return { changes: Number(changes), lastInsertRowid: Number(lastInsertRowid) };
    },
    exec: (sql) => sqlite.exec(sql),
    prepare,
    transaction(work) {
      const [begin, commit, rollback] =
        depth === 0
          ? ['BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK']
          : [`SAVEPOINT s${depth}`, `RELEASE s${depth}`, `ROLLBACK TO s${depth}; RELEASE s${depth}`];
      prepare(begin).run();
      depth++;
      try {
        const result = work();
        if (result instanceof Promise) {
          result.catch(() => undefined);
          throw new TypeError('a transaction must be synchronous');
        }
        prepare(commit).run();
        return result;
      } catch (error) {
        // SQLite has already rolled back by itself after errors such as a full disk.
        if (sqlite.isTransaction) sqlite.exec(rollback);
        throw error;
      } finally {
        depth--;
      }
    },
    async lend(work) {
      while (lent) await lent;
      const { promise, resolve } = Promise.withResolvers<void>();
      lent = promise;
      try {
        return await work();
      } finally {
        lent = undefined;
        resolve();
      }
    },
    get lent() {
      return lent;
    },
    close() {
      statements.clear();
      commands.clear();
      if (sqlite.isOpen) sqlite.close();
    },
  };
}

function addColumns(db: Database): void {
  for (const [table, column, type] of KIT_COLUMNS) {
    const known = db.all<{ name: string }>(`PRAGMA table_info(${table})`);
    if (!known.some(({ name }) => name === column)) db.exec(`ALTER TABLE ${table} ADD COLUMN ${column} ${type}`);
  }
}

function migrate(db: Database, { file, migrations }: DatabaseOptions): void {
  const version = Number(db.get<{ user_version: number }>('PRAGMA user_version')?.user_version ?? 0);
  if (version > migrations.length) throw new DatabaseTooNew(file, version, migrations.length);
  migrations.slice(version).forEach((step, index) => {
    db.transaction(() => {
      db.exec(step);
      db.exec(`PRAGMA user_version = ${version + index + 1}`);
    });
  });
}
