import { rmSync } from 'node:fs';
import type { Recorded, StreamName } from '@souk/event-channel';
import { openDatabase } from '@souk/service-kit';
import { copyMigrations } from './schema.ts';

/** The last event of a stream that is in the copy. */
export interface Copied {
  /** In its stream. */
  readonly position: number;
  readonly id: string;
}

/** The file of the copy, for its one writer. */
export interface CopyTable {
  /** The last event of each stream that is in it. */
  copied(): ReadonlyMap<StreamName, Copied>;
  /** Puts events in behind all others, in one commit with how far their streams are; then lets the oldest go beyond the cap. */
  add(events: readonly Recorded[]): void;
  /** Forgets a stream. */
  drop(stream: StreamName): void;
  close(): void;
}

/**
 * Opens the file; one that cannot be read is made anew, since nothing is lost with it.
 * @param maxEvents more than these are not kept
 */
export function openCopyTable(file: string, maxEvents: number): CopyTable {
  const db = openOrMakeAnew(file);
  return {
    copied: () =>
      new Map(
        db
          .all<Copied & { stream: StreamName }>('SELECT stream, position, id FROM copied')
          .map(({ stream, position, id }) => [stream, { position, id }]),
      ),
    add(events) {
      db.transaction(() => {
        const last = new Map<StreamName, Copied>();
        for (const { stream, subject, position, event } of events) {
          const sql = 'INSERT INTO event (stream, subject, event, stream_position) VALUES (?, ?, ?, ?)';
          db.run(sql, stream, subject, JSON.stringify(event), position);
          last.set(stream, { position, id: event.id });
        }
        for (const [stream, { position, id }] of last) {
          db.run('INSERT OR REPLACE INTO copied (stream, position, id) VALUES (?, ?, ?)', stream, position, id);
        }
        db.run('DELETE FROM event WHERE position <= (SELECT max(position) FROM event) - ?', maxEvents);
      });
    },
    drop(stream) {
      db.transaction(() => {
        db.run('DELETE FROM event WHERE stream = ?', stream);
        db.run('DELETE FROM copied WHERE stream = ?', stream);
      });
    },
    close: () => db.close(),
  };
}

function openOrMakeAnew(file: string): ReturnType<typeof openDatabase> {
  try {
    return openDatabase({ file, migrations: copyMigrations });
  } catch {
    for (const path of [file, `${file}-wal`, `${file}-shm`]) rmSync(path, { force: true });
    return openDatabase({ file, migrations: copyMigrations });
  }
}
