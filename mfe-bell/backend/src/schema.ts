/** Tables of the projection `bell-shop`: what the bell has to know of orders, conversations, carts and goods. */
export const shopTables: readonly string[] = ['orders', 'conversations', 'carts', 'goods', 'stock'];

/** Tables of the projection `bell`. */
export const bellTables: readonly string[] = ['notification', 'watch', 'device', 'customers'];

/** Schema of `bell.db`, step by step. Everything but `delivery` can be rebuilt from the log. */
export const migrations: readonly string[] = [
  `
  CREATE TABLE orders (order_id TEXT PRIMARY KEY, shopper_id TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE conversations (
    conversation_id TEXT PRIMARY KEY,
    shopper_id      TEXT NOT NULL,
    answered_seq    INTEGER NOT NULL DEFAULT 0  -- of the last message by a person at the desk
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE carts (sku TEXT NOT NULL, shopper_id TEXT NOT NULL, PRIMARY KEY (sku, shopper_id)) STRICT, WITHOUT ROWID;

  CREATE TABLE goods (
    sku            TEXT PRIMARY KEY,
    slug           TEXT NOT NULL,
    title          TEXT NOT NULL,
    variant        TEXT NOT NULL,
    price_cents    INTEGER NOT NULL,
    currency       TEXT NOT NULL,
    on_sale        INTEGER NOT NULL,
    before_cents   INTEGER,                     -- what it cost before the last change
    priced_at      INTEGER                      -- position of the last change
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX goods_by_slug ON goods (slug);

  CREATE TABLE stock (sku TEXT PRIMARY KEY, available INTEGER NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE notification (
    shopper_id      TEXT NOT NULL,
    key             TEXT NOT NULL,
    notification_id TEXT NOT NULL,
    kind            TEXT NOT NULL,
    about           TEXT NOT NULL,
    status          TEXT,
    from_cents      INTEGER,
    to_cents        INTEGER,
    at              TEXT NOT NULL,
    position        INTEGER NOT NULL,
    read            INTEGER NOT NULL DEFAULT 0,
    dismissed       INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (shopper_id, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX notification_newest ON notification (shopper_id, position);

  CREATE TABLE watch (
    sku        TEXT NOT NULL,
    shopper_id TEXT NOT NULL,
    PRIMARY KEY (sku, shopper_id)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX watch_by_shopper ON watch (shopper_id);

  CREATE TABLE device (
    device_id    TEXT PRIMARY KEY,
    shopper_id   TEXT NOT NULL,
    subscription TEXT NOT NULL,                 -- JSON, sealed
    position     INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX device_by_shopper ON device (shopper_id);

  -- What is on its way to push services: of one topic, only the last. No projection: what was sent is sent.
  CREATE TABLE delivery (
    device_id       TEXT NOT NULL,
    topic           TEXT NOT NULL,
    notification_id TEXT NOT NULL,
    due_ms          INTEGER NOT NULL,           -- epoch
    expires_ms      INTEGER NOT NULL,           -- epoch
    attempts        INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (device_id, topic)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX delivery_due ON delivery (due_ms);
  `,
  // Which guest turned out to be which customer.
  'CREATE TABLE customers (guest_id TEXT PRIMARY KEY, customer_id TEXT NOT NULL) STRICT, WITHOUT ROWID;',
];
