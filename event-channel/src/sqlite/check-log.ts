import { DatabaseSync } from 'node:sqlite';
import { LogDamaged } from '../errors.ts';
import { eventChecksum } from './checksum.ts';
import { layoutOf, migrate } from './schema.ts';

/** How many of the last events are compared with their checksum whenever a log is opened. */
const lastOnes = 256;

/** @throws {LogDamaged} tables or indexes are not as they were made */
export function checkLayout(database: DatabaseSync, file: string): void {
  const found = layoutOf(database);
  for (const [name, sql] of rightLayout()) {
    if (found.get(name) !== sql) throw new LogDamaged(file, 1, `the layout of "${name}" is not as it was made`);
  }
}

/**
 * Compares the end of the log with what it was: the place where a crash or a cut file leaves its mark.
 * @param damagedFrame of the write-ahead log
 * @throws {LogDamaged}
 */
export function checkEnd(database: DatabaseSync, file: string, damagedFrame: number | undefined): void {
  const { seq } = database.prepare(`SELECT seq FROM sqlite_sequence WHERE name = 'event'`).get() ?? { seq: 0 };
  const rows = database
    .prepare('SELECT position, subject, event, checksum FROM event ORDER BY position DESC LIMIT ?')
    .all(lastOnes) as unknown as { position: number; subject: string; event: string; checksum: number }[];
  let next = rows[0]?.position ?? 0;
  if (damagedFrame !== undefined) {
    const why = `frame ${damagedFrame} of its write-ahead log is not as it was written, and durable commits are behind it`;
    throw new LogDamaged(file, next + 1, why);
  }
  if (next !== seq) throw new LogDamaged(file, next + 1, `its end is missing, it went up to ${seq}`);
  let wrong: { position: number; why: string } | undefined;
  for (const { position, subject, event, checksum } of rows) {
    if (position !== next) wrong = { position: position + 1, why: 'an event is missing' };
    if (eventChecksum(position, subject, event) !== checksum) {
      wrong = { position, why: 'the checksum of the event is wrong' };
    }
    next = position - 1;
  }
  if (wrong) throw new LogDamaged(file, wrong.position, wrong.why);
}

let right: ReadonlyMap<string, string> | undefined;

function rightLayout(): ReadonlyMap<string, string> {
  if (!right) {
    const database = new DatabaseSync(':memory:');
    migrate(database, 0);
    right = layoutOf(database);
    database.close();
  }
  return right;
}
