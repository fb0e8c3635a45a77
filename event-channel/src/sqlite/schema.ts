/** Version of the file's layout, kept in `PRAGMA user_version`. */
export const schemaVersion = 1;

/**
 * What makes reading faster and nothing else: made on the next start of a log that was without it. Queries count and
 * filter by type; read from the JSON of each event, a million of them take more than a second.
 */
export const indexes = `CREATE INDEX IF NOT EXISTS event_by_type ON event (event ->> '$.type');`;

/**
 * One log for all streams. Positions come from AUTOINCREMENT: a plain rowid could use the position of a lost tail
 * again. They are counted over all streams, so each single stream has gaps.
 */
export const schema = `
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
  ) STRICT, WITHOUT ROWID;

  PRAGMA user_version = ${schemaVersion};
`;
