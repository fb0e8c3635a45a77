import type { DatabaseSync } from 'node:sqlite';
import { checksumOf } from './checksum.ts';

/**
 * What makes reading faster and nothing else: made on the next start of a log that was without it. Queries count and
 * filter by type; read from the JSON of each event, a million of them take more than a second.
 */
const indexes = `CREATE INDEX IF NOT EXISTS event_by_type ON event (event ->> '$.type');`;

/**
 * The layout, step by step: number n takes a file from `user_version` n to n + 1. Append, never edit: a new log takes all
 * steps, so that the layout of every log is the same to the letter and can be compared.
 *
 * One log for all streams. Positions come from AUTOINCREMENT: a plain rowid could use the position of a lost tail
 * again. They are counted over all streams, so each single stream has gaps, and the file has none.
 */
const steps = [
  `
  CREATE TABLE event (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream   TEXT NOT NULL,
    subject  TEXT NOT NULL,
    event    TEXT NOT NULL
  ) STRICT;
  CREATE INDEX event_by_stream ON event (stream, position);
  CREATE INDEX event_by_subject ON event (subject, position);

  CREATE TABLE message_id (
    stream     TEXT NOT NULL,
    message_id TEXT NOT NULL,
    position   INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (stream, message_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX message_id_by_expiry ON message_id (expires_at);

  CREATE TABLE durable (
    stream  TEXT NOT NULL,
    durable TEXT NOT NULL,
    "order" TEXT NOT NULL,
    floor   INTEGER NOT NULL,
    PRIMARY KEY (stream, durable)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE lagging_subject (
    stream  TEXT NOT NULL,
    durable TEXT NOT NULL,
    subject TEXT NOT NULL,
    settled INTEGER NOT NULL,
    PRIMARY KEY (stream, durable, subject)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE dead_letter (
    stream         TEXT NOT NULL,
    durable        TEXT NOT NULL,
    position       INTEGER NOT NULL,
    subject        TEXT NOT NULL,
    reason         TEXT NOT NULL,
    delivery_count INTEGER NOT NULL,
    parked_at      TEXT NOT NULL,
    PRIMARY KEY (stream, durable, position)
  ) STRICT, WITHOUT ROWID;`,

  // The stream is the first token of the subject, which the checksum covers.
  `
  ALTER TABLE event ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
  UPDATE event SET checksum = souk_checksum(position, subject, event);
  ALTER TABLE message_id ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
  UPDATE message_id SET checksum = souk_checksum(stream, message_id, position, expires_at);
  ALTER TABLE durable ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
  UPDATE durable SET checksum = souk_checksum(stream, durable, "order", floor);
  ALTER TABLE lagging_subject ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
  UPDATE lagging_subject SET checksum = souk_checksum(stream, durable, subject, settled);
  ALTER TABLE dead_letter ADD COLUMN checksum INTEGER NOT NULL DEFAULT 0;
  UPDATE dead_letter
  SET checksum = souk_checksum(stream, durable, position, subject, reason, delivery_count, parked_at);`,
];

/** Version of the file's layout, kept in `PRAGMA user_version`. */
export const schemaVersion = steps.length;

/** Takes a log from the layout that it has to the one of today, and makes the indexes that it is without. */
export function migrate(database: DatabaseSync, from: number): void {
  if (from < schemaVersion) {
    database.function('souk_checksum', { deterministic: true, varargs: true }, (...columns) =>
      checksumOf(...(columns as (string | number)[])),
    );
    database.exec(`BEGIN; ${steps.slice(from).join('')} PRAGMA user_version = ${schemaVersion}; ${indexes} COMMIT`);
  } else database.exec(indexes);
}

/** The tables whose rows have a checksum over the columns before it, and what a row of each is called. */
export const checkedTables = [
  { table: 'durable', called: 'the progress of a durable' },
  { table: 'lagging_subject', called: 'the progress of a durable' },
  { table: 'dead_letter', called: 'a dead letter' },
  { table: 'message_id', called: 'the id of a message' },
] as const;

/** The layout as SQLite keeps it, by name: a flipped bit in here could send a query to another table. */
export function layoutOf(database: DatabaseSync): ReadonlyMap<string, string> {
  const rows = database.prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
  return new Map(rows.map(({ name, sql }) => [String(name), String(sql)]));
}
