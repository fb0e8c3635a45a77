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
  // The desk: whose a conversation is, whether it is done, what it was about, and what the staff say to each other.
  `
  ALTER TABLE message ADD COLUMN staff_id TEXT;
  DELETE FROM inbox_unread;
  DELETE FROM inbox;
  ALTER TABLE inbox ADD COLUMN assignee TEXT;
  ALTER TABLE inbox ADD COLUMN closed INTEGER NOT NULL DEFAULT 0;
  CREATE TABLE inbox_topic (
    conversation_id TEXT NOT NULL REFERENCES inbox,
    id              TEXT NOT NULL,                -- of a product or an order
    PRIMARY KEY (conversation_id, id)
  ) STRICT, WITHOUT ROWID;
  DELETE FROM souk_checkpoint WHERE name = 'chat-inbox';

  CREATE TABLE desk_entry (
    position        INTEGER PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    kind            TEXT NOT NULL,
    after_seq       INTEGER NOT NULL,
    staff_id        TEXT,
    to_staff_id     TEXT,
    words           TEXT,                         -- JSON, sealed
    at              TEXT NOT NULL
  ) STRICT;
  CREATE INDEX desk_entry_of ON desk_entry (conversation_id, position);
  CREATE TABLE desk_seq (conversation_id TEXT PRIMARY KEY, last_seq INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE staff_member (staff_id TEXT PRIMARY KEY, name TEXT NOT NULL) STRICT;  -- JSON, sealed
  CREATE TABLE canned_reply (reply_id TEXT PRIMARY KEY, shortcut TEXT NOT NULL, text TEXT NOT NULL) STRICT;
  `,
  // Which guest turned out to be which customer.
  `
  CREATE TABLE customers (guest_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX guests_by_customer ON customers (customer_id);
  CREATE INDEX conversation_of ON conversation (shopper_id);
  `,
];
