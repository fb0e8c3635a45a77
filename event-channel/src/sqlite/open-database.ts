import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { LogDamaged, LogInUse, LogUnavailable } from '../errors.ts';
import { checkEnd, checkLayout } from './check-log.ts';
import { saysDamaged } from './damage.ts';
import { migrate, schemaVersion } from './schema.ts';
import { findDamagedFrame } from './wal.ts';

/** The open file of a log, and the lock that keeps other writers out. */
export interface LogFile {
  readonly file: string;
  readonly database: DatabaseSync;
  close(): void;
}

/**
 * Opens or makes the log and becomes its only writer. The lock is a transaction that stays open on a file beside the
 * log: the system ends it with the process, however that dies, and readers of the log are not kept out by it.
 * Looks for damage where looking takes no time, however long the log is: its layout, its last events, its write-ahead log.
 * @throws {LogInUse}
 * @throws {LogDamaged}
 * @throws {LogUnavailable} one of a later version, or not to be opened
 */
export function openLogFile(file: string, busyTimeoutMs: number): LogFile {
  mkdirSync(dirname(file), { recursive: true });
  const lock = takeLock(file);
  let database: DatabaseSync | undefined;
  try {
    const damagedFrame = findDamagedFrame(file);
    database = new DatabaseSync(file, { timeout: busyTimeoutMs });
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version > schemaVersion) throw ofLaterVersion(file, version);
    migrate(database, version);
    checkLayout(database, file);
    checkEnd(database, file, damagedFrame);
  } catch (error) {
    database?.close();
    lock.close();
    if (error instanceof LogUnavailable || error instanceof LogDamaged) throw error;
    if (saysDamaged(error)) {
      throw new LogDamaged(file, 1, `SQLite says "${(error as Error).message}"`, { cause: error });
    }
    throw new LogUnavailable(`"${file}" cannot be opened`, { cause: error });
  }
  const opened = database;
  return {
    file,
    database: opened,
    close() {
      opened.close();
      lock.close();
    },
  };
}

/** @throws {LogInUse} */
export function takeLock(file: string): DatabaseSync {
  const lock = new DatabaseSync(`${file}.lock`, { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock.close();
    throw new LogInUse(file, { cause: error });
  }
}

function ofLaterVersion(file: string, version: number): LogUnavailable {
  return new LogUnavailable(`"${file}" has layout ${version}, this program knows ${schemaVersion}`);
}
