/** All of it is written by the projection alone. */
export const productTables: readonly string[] = ['products', 'variants', 'stock', 'ordered_together'];

/** Schema of the read model "which products are there, and how many of each", step by step. */
export const productMigrations: readonly string[] = [
  `
  CREATE TABLE products (
    id INTEGER PRIMARY KEY,
    slug TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    category TEXT NOT NULL,
    category_title TEXT NOT NULL,
    active INTEGER NOT NULL,
    price_cents INTEGER NOT NULL,
    price_to_cents INTEGER NOT NULL,
    currency TEXT NOT NULL,
    available INTEGER NOT NULL DEFAULT 0,
    document TEXT NOT NULL
  ) STRICT;
  CREATE INDEX products_by_category ON products (category, id);

  CREATE TABLE variants (
    sku TEXT PRIMARY KEY,
    slug TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX variants_by_slug ON variants (slug);

  -- counted: what the last count found; available: what nobody has reserved since.
  CREATE TABLE stock (
    sku TEXT PRIMARY KEY,
    counted INTEGER NOT NULL,
    available INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE product_options (
    product_id INTEGER NOT NULL,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    place INTEGER NOT NULL,
    PRIMARY KEY (product_id, name, value)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX product_options_by_value ON product_options (name, value, product_id);

  CREATE VIRTUAL TABLE product_words USING fts5 (
    title, tags, category, options, description,
    content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2', prefix = '2 3'
  );
  `,
  // Words and options are found in memory now. Each row says at which position of the log it last changed, and its text.
  `
  DROP TABLE product_words;
  DROP TABLE product_options;
  DROP INDEX products_by_category;
  ALTER TABLE products ADD COLUMN changed INTEGER NOT NULL DEFAULT 0;
  ALTER TABLE products ADD COLUMN published INTEGER NOT NULL DEFAULT 0;
  CREATE INDEX products_by_change ON products (changed, id);

  -- In how many orders both were set aside; each pair stands here both ways.
  CREATE TABLE ordered_together (
    slug TEXT NOT NULL,
    other TEXT NOT NULL,
    orders INTEGER NOT NULL,
    PRIMARY KEY (slug, other)
  ) STRICT, WITHOUT ROWID;
  `,
];
