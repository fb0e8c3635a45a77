import type { Position, Recorded, StreamName } from '@souk/event-channel';
import type { Database } from './sqlite.ts';

/** Takes one event into a read model. */
export type Apply = (event: Recorded, db: Database) => void;

/** @throws {TypeError} it is not synchronous, and what `apply` throws */
export function applyEvent(apply: Apply, event: Recorded, db: Database): void {
  const result: unknown = apply(event, db);
  if (result instanceof Promise) {
    result.catch(() => undefined);
    throw new TypeError('apply must be synchronous: it runs inside a transaction');
  }
}

/** How far a projection is; 0 before its first event. */
export function readCheckpoint(db: Database, name: string, stream: StreamName): Position {
  const sql = 'SELECT position FROM souk_checkpoint WHERE name = ? AND stream = ?';
  return db.get<{ position: number }>(sql, name, stream)?.position ?? 0;
}

/** Notes how far a projection is. */
export function writeCheckpoint(db: Database, name: string, stream: StreamName, position: Position): void {
  db.run('INSERT OR REPLACE INTO souk_checkpoint (name, stream, position) VALUES (?, ?, ?)', name, stream, position);
}
