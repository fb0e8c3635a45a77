/** The tables of `chat.db`, step by step; all of them are projections and can be rebuilt from the stream `chat`. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE conversation (
    conversation_id TEXT PRIMARY KEY,
    shopper_id      TEXT NOT NULL,
    about           TEXT,                       -- JSON
    started_at      TEXT NOT NULL,
    last_seq        INTEGER NOT NULL DEFAULT 0,
    read_by_shopper INTEGER NOT NULL DEFAULT 0,
    read_by_staff   INTEGER NOT NULL DEFAULT 0
  ) STRICT;

  CREATE TABLE message (
    conversation_id TEXT NOT NULL REFERENCES conversation,
    seq             INTEGER NOT NULL,
    message_id      TEXT NOT NULL,
    client_msg_id   TEXT NOT NULL,
    voice           TEXT NOT NULL,
    text            TEXT NOT NULL,
    about           TEXT,                       -- JSON
    at              TEXT NOT NULL,
    PRIMARY KEY (conversation_id, seq)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE inbox (
    conversation_id TEXT PRIMARY KEY,
    shopper_id      TEXT NOT NULL,
    about           TEXT,                       -- JSON, of the latest message that had one
    waiting_since   TEXT,                       -- the first message that no person has answered
    last_seq        INTEGER NOT NULL DEFAULT 0,
    last_voice      TEXT NOT NULL DEFAULT 'shopper',
    last_text       TEXT NOT NULL DEFAULT '',   -- the beginning of it
    last_at         TEXT NOT NULL
  ) STRICT;
  CREATE INDEX inbox_waiting ON inbox (waiting_since) WHERE waiting_since IS NOT NULL;
  CREATE INDEX inbox_latest ON inbox (last_at);

  CREATE TABLE inbox_unread (
    conversation_id TEXT NOT NULL REFERENCES inbox,
    seq             INTEGER NOT NULL,
    PRIMARY KEY (conversation_id, seq)
  ) STRICT, WITHOUT ROWID;
  `,
  // What was said is sealed from here on: everything is built anew.
  `
  DELETE FROM message;
  ALTER TABLE message DROP COLUMN text;
  ALTER TABLE message ADD COLUMN said TEXT NOT NULL DEFAULT '';  -- JSON, sealed
  DELETE FROM inbox_unread;
  DELETE FROM inbox;
  ALTER TABLE inbox DROP COLUMN last_text;
  ALTER TABLE inbox ADD COLUMN last_said TEXT;                   -- JSON, sealed; of the last message of a person
  DELETE FROM conversation;
  DELETE FROM souk_checkpoint WHERE name IN ('chat-conversation', 'chat-inbox');
  `,
  `
  ALTER TABLE conversation ADD COLUMN delivered_to_shopper INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE conversation ADD COLUMN delivered_to_staff INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE message ADD COLUMN card TEXT;                      -- JSON
  `,
  `
  CREATE TABLE message_attachment (
    conversation_id TEXT NOT NULL REFERENCES conversation,
    attachment_id   TEXT NOT NULL,
    PRIMARY KEY (conversation_id, attachment_id)
  ) STRICT, WITHOUT ROWID;
  `,
];
