import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogInUse, LogUnavailable } from '../errors.ts';
import { indexes, schema, schemaVersion } from './schema.ts';

/** The open file of a log, and the lock that keeps other writers out. */
export interface LogFile {
  readonly database: DatabaseSync;
  close(): void;
}

/**
 * Opens or makes the log and becomes its only writer. The lock is a transaction that stays open on a file beside the
 * log: the system ends it with the process, however that dies, and readers of the log are not kept out by it.
 * @throws {LogInUse}
 * @throws {LogUnavailable} not a log, or one of another version
 */
export function openLogFile(file: string, busyTimeoutMs: number): LogFile {
  mkdirSync(dirname(file), { recursive: true });
  const lock = takeLock(file);
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    migrate(database, file);
  } catch (error) {
    database?.close();
    lock.close();
    if (error instanceof LogUnavailable) throw error;
    throw new LogUnavailable(`"${file}" cannot be opened`, { cause: error });
  }
  const opened = database;
  return {
    database: opened,
    close() {
      opened.close();
      lock.close();
    },
  };
}

function takeLock(file: string): DatabaseSync {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw new LogInUse(file, { cause: error });
  }
}

function migrate(database: DatabaseSync, file: string): void {
  const version = database.prepare('PRAGMA user_version').get()?.user_version;
  if (version === schemaVersion) return database.exec(indexes);
  if (version !== 0) throw new LogUnavailable(`"${file}" has layout ${version}, this program knows ${schemaVersion}`);
  database.exec(`BEGIN; ${schema} ${indexes} COMMIT`);
}
