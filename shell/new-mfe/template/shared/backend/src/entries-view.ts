import type { Recorded } from '@souk/event-channel';
import type { Entry } from '@souk/sample-api';
import type { Database } from '@souk/service-kit';
import type { EntryAdded } from './domain/entries.ts';

/** The tables of `sample.db`, step by step; all of them can be rebuilt from the stream `sample`. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE entry (
    visitor_id TEXT NOT NULL,
    entry_id   TEXT NOT NULL,
    stars      INTEGER NOT NULL,
    at         TEXT NOT NULL,
    PRIMARY KEY (visitor_id, entry_id)
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Brings one event into the table; runs inside the projection's transaction. */
export function applyEntry({ event }: Recorded, db: Database): void {
  const { visitorId, entryId, stars } = (event as typeof event & EntryAdded).data;
  db.run(
    'INSERT INTO entry (visitor_id, entry_id, stars, at) VALUES (?, ?, ?, ?)',
    ...[visitorId, entryId, stars, event.time],
  );
}

/** Reads what visitors have given. */
export interface EntriesView {
  /** The latest first. */
  entriesOf(visitorId: string): Entry[];
  countOf(visitorId: string): number;
}

/** Answers from the table, which may be a moment behind the log. */
export function entriesView(db: Database): EntriesView {
  return {
    entriesOf: (visitorId) =>
      db
        .all<{ entry_id: string; stars: number; at: string }>(
          'SELECT entry_id, stars, at FROM entry WHERE visitor_id = ? ORDER BY at DESC, entry_id',
          visitorId,
        )
        .map(({ entry_id: entryId, stars, at }) => ({ entryId, stars, at })),
    countOf: (visitorId) =>
      db.get<{ count: number }>('SELECT count(*) AS count FROM entry WHERE visitor_id = ?', visitorId)?.count ?? 0,
  };
}
