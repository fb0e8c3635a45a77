import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { LogDamaged, LogInUse, LogUnavailable } from '../errors.ts';
import { checkEnd, checkLayout } from './check-log.ts';
import { checksumOf, eventChecksum } from './checksum.ts';
import { saysDamaged } from './damage.ts';
import { takeLock } from './open-database.ts';
import { checkedTables, schemaVersion } from './schema.ts';
import { findDamagedFrame } from './wal.ts';

/** What was found in a log that is whole. */
export interface VerifiedLog {
  readonly events: number;
  /** Position of the last event of each stream. */
  readonly streams: Readonly<Record<string, number>>;
}

export interface VerifyOptions {
  /** Told now and then how many events have been looked at. */
  readonly onProgress?: (events: number, of: number) => void;
}

interface EventRow {
  readonly position: number;
  readonly stream: string;
  readonly subject: string;
  readonly event: string;
  readonly checksum: number;
}

/**
 * Reads all of a log, of a shop that runs or not, and compares it with what was written: each event has its checksum
 * and is JSON, positions go on without a gap, progress and message ids have their checksums, and SQLite finds every page
 * and index sound. Changes nothing.
 * @throws {LogDamaged} with the first position that is damaged
 * @throws {LogUnavailable} there is no log, or one of another version
 */
export function verifySqliteLog(file: string, { onProgress = () => {} }: VerifyOptions = {}): VerifiedLog {
  const damagedFrame = damagedFrameOf(file);
  const database = openToRead(file);
  let next = 1;
  try {
    database.exec('BEGIN');
    const version = Number(database.prepare('PRAGMA user_version').get()?.user_version);
    if (version !== schemaVersion) {
      throw new LogUnavailable(`"${file}" has layout ${version}, this program knows ${schemaVersion}`);
    }
    checkLayout(database, file);
    const streams = readEvents();
    checkEnd(database, file, damagedFrame);
    for (const { table, called } of checkedTables) checkTable(table, called);
    checkPages();
    return { events: next - 1, streams };
  } catch (cause) {
    if (!saysDamaged(cause)) throw cause;
    throw new LogDamaged(file, next, `SQLite says "${(cause as Error).message}"`, { cause });
  } finally {
    database.close();
  }

  function readEvents(): Record<string, number> {
    const all = Number(database.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'event'`).get()?.seq ?? 0);
    const streams: Record<string, number> = {};
    const rows = database.prepare('SELECT position, stream, subject, event, checksum FROM event ORDER BY position');
    for (const row of rows.iterate() as unknown as Iterable<EventRow>) {
      const why = whatIsWrong(row);
      if (row.position !== next) throw new LogDamaged(file, next, 'the event is missing');
      if (why !== undefined) throw new LogDamaged(file, next, why);
      streams[row.stream] = row.position;
      if (next % 10_000 === 0) onProgress(next, all);
      next++;
    }
    return streams;
  }

  function checkTable(table: string, called: string): void {
    for (const row of database.prepare(`SELECT * FROM ${table}`).iterate()) {
      const { checksum, ...columns } = row;
      if (checksumOf(...(Object.values(columns) as (string | number)[])) === checksum) continue;
      throw new LogDamaged(file, undefined, `the checksum of ${called} is wrong`);
    }
  }

  /** Finds, among other things, an index that lacks a row or has a wrong one: each event itself is whole by now. */
  function checkPages(): void {
    const says = database
      .prepare('PRAGMA integrity_check')
      .all()
      .map((row) => String(row.integrity_check));
    if (says.join() === 'ok') return;
    const lacking = says.flatMap((line) => /^row (\d+) missing from index event_/.exec(line)?.[1] ?? []).map(Number);
    const position = lacking.length > 0 ? Math.min(...lacking) : undefined;
    throw new LogDamaged(file, position, `SQLite says "${says[0]}"`);
  }
}

function whatIsWrong({ position, stream, subject, event, checksum }: EventRow): string | undefined {
  if (eventChecksum(position, subject, event) !== checksum) return 'the checksum of the event is wrong';
  if (!subject.startsWith(`${stream}.`)) return 'the event is not of its stream';
  try {
    JSON.parse(event);
    return undefined;
  } catch {
    return 'the event is no JSON';
  }
}

/** @throws {LogUnavailable} */
export function openToRead(file: string): DatabaseSync {
  try {
    return new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
  } catch (cause) {
    throw new LogUnavailable(`"${file}" cannot be opened`, { cause });
  }
}

/**
 * {@link findDamagedFrame}, but not while a shop writes the log: then its write-ahead log is in motion, and SQLite has taken
 * all of it already.
 */
export function damagedFrameOf(file: string): number | undefined {
  if (!existsSync(`${file}.lock`)) return findDamagedFrame(file);
  try {
    const lock = takeLock(file);
    try {
      return findDamagedFrame(file);
    } finally {
      lock.close();
    }
  } catch (error) {
    if (error instanceof LogInUse) return undefined;
    throw error;
  }
}
