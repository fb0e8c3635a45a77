/**
 * Tables that the kit keeps in each service's own file, so that what it notes commits together with what it notes it for.
 * When `apply` has changed, a migration may empty a read model's tables and delete its rows from `souk_checkpoint`.
 */
export const KIT_SCHEMA = `
  CREATE TABLE IF NOT EXISTS souk_checkpoint (
    name TEXT NOT NULL, stream TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (name, stream)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS souk_inbox (
    reactor TEXT NOT NULL, source TEXT NOT NULL, event_id TEXT NOT NULL, subject TEXT, position INTEGER,
    PRIMARY KEY (reactor, source, event_id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS souk_idempotency (
    route TEXT NOT NULL, caller TEXT NOT NULL, key TEXT NOT NULL,
    fingerprint TEXT NOT NULL, answer TEXT NOT NULL, stored_at INTEGER NOT NULL,
    PRIMARY KEY (route, caller, key)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS souk_idempotency_age ON souk_idempotency (stored_at);
  CREATE TABLE IF NOT EXISTS souk_operation (
    id TEXT NOT NULL PRIMARY KEY, command TEXT NOT NULL, trail TEXT NOT NULL,
    owner TEXT NOT NULL, started_at TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS souk_operation_trail ON souk_operation (command, trail) WHERE trail <> id;
  CREATE TABLE IF NOT EXISTS souk_operation_answer (
    command TEXT NOT NULL, trail TEXT NOT NULL, subject TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (command, trail)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS souk_saga (
    id TEXT NOT NULL PRIMARY KEY, definition TEXT NOT NULL, version INTEGER NOT NULL, state TEXT NOT NULL,
    step TEXT, kind TEXT, attempt INTEGER, started_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, ended_at INTEGER,
    due_at INTEGER, reason TEXT, parked_from TEXT, parked_code TEXT, parked_at INTEGER
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS souk_saga_due ON souk_saga (due_at) WHERE due_at IS NOT NULL;
  CREATE INDEX IF NOT EXISTS souk_saga_live ON souk_saga (started_at) WHERE state IN ('running', 'compensating', 'parked');
  CREATE TABLE IF NOT EXISTS souk_saga_answer (
    participant TEXT NOT NULL, key TEXT NOT NULL, command_id TEXT NOT NULL, subject TEXT NOT NULL, position INTEGER NOT NULL,
    PRIMARY KEY (participant, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS souk_snapshot (
    name TEXT NOT NULL, subject TEXT NOT NULL, version INTEGER NOT NULL,
    position INTEGER NOT NULL, event_id TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (name, subject)
  );
`;

/** Columns that came later: table, column, type. Rows from before have none. */
export const KIT_COLUMNS: readonly (readonly [table: string, column: string, type: string])[] = [
  ['souk_inbox', 'subject', 'TEXT'],
  ['souk_inbox', 'position', 'INTEGER'],
];
