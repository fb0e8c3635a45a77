import type { StatementSync } from 'node:sqlite';
import { LogDamaged } from '../errors.ts';

/** SQLITE_CORRUPT and SQLITE_NOTADB. @see https://www.sqlite.org/rescode.html */
const damageCodes: readonly unknown[] = [11, 26];

/** Whether SQLite says that the file is not as it left it. */
export function saysDamaged(error: unknown): boolean {
  const code = (error as { errcode?: unknown } | null)?.errcode;
  return typeof code === 'number' && damageCodes.includes(code & 0xff);
}

/**
 * Reads rows and, where SQLite finds the file damaged on its way, says up to where it came.
 * @param read all rows at once: the fast way
 * @param positions the same rows one by one
 * @throws {LogDamaged} and what else `read` throws
 */
export function readOrTell<Rows>(
  file: string,
  from: number,
  read: () => Rows,
  positions: () => Iterable<number>,
): Rows {
  try {
    return read();
  } catch (cause) {
    if (!saysDamaged(cause)) throw cause;
    throw new LogDamaged(file, firstUnreadable(from, positions), `SQLite says "${(cause as Error).message}"`, {
      cause,
    });
  }
}

function firstUnreadable(from: number, positions: () => Iterable<number>): number {
  let next = from;
  try {
    for (const position of positions()) next = position + 1;
  } catch {
    // As far as it goes.
  }
  return next;
}

/** Positions of the rows of a statement whose first column is the position. */
export function* positionsOf(rows: ReturnType<StatementSync['iterate']>): Generator<number> {
  for (const row of rows) yield Number(Object.values(row)[0]);
}
