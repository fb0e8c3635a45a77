import { backup, DatabaseSync } from 'node:sqlite';
import { LogDamaged, LogUnavailable } from '../errors.ts';
import { saysDamaged } from './damage.ts';
import { damagedFrameOf, openToRead, verifySqliteLog, type VerifiedLog } from './verify-log.ts';

/**
 * Copies a log, of a shop that runs or not, into one file and verifies the copy. It has every event that was acknowledged
 * before the call. The copy is made in one step, and so as of one moment; it keeps no writer waiting.
 * @throws {LogDamaged} the log is; its position is that of the damage
 * @throws {LogUnavailable}
 */
export async function backupSqliteLog(file: string, target: string): Promise<VerifiedLog> {
  const frame = damagedFrameOf(file);
  if (frame !== undefined) {
    throw new LogDamaged(file, undefined, `frame ${frame} of its write-ahead log is not as it was written`);
  }
  const source = openToRead(file);
  try {
    await backup(source, target, { rate: 2 ** 30 });
    // One file, with nothing beside it, until it is opened as a log again.
    const copy = new DatabaseSync(target);
    copy.exec('PRAGMA journal_mode = DELETE');
    copy.close();
  } catch (cause) {
    if (saysDamaged(cause)) throw new LogDamaged(file, 1, `SQLite says "${(cause as Error).message}"`, { cause });
    throw new LogUnavailable(`"${file}" cannot be copied to "${target}"`, { cause });
  } finally {
    source.close();
  }
  return verifySqliteLog(target);
}
