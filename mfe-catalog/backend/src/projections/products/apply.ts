import type { Database } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';

/** A product as its last event says it. */
export type ProductDocument = IntegrationData['catalog.product-published.v1'];

interface CatalogEvent {
  readonly type: string;
  readonly data: unknown;
}

/** Brings the read model up to one event of the stream `catalog`; an event it does not know changes nothing. */
export function applyCatalogEvent({ type, data }: CatalogEvent, db: Database): void {
  switch (type) {
    case 'catalog.product-published.v1':
      return publish(data as ProductDocument, db);
    case 'catalog.stock-counted.v1': {
      const { sku, quantity } = data as IntegrationData['catalog.stock-counted.v1'];
      db.run(
        `INSERT INTO stock (sku, counted, available) VALUES (?1, ?2, ?2)
         ON CONFLICT (sku) DO UPDATE SET counted = ?2, available = ?2`,
        sku,
        quantity,
      );
      return sumUp(sku, db);
    }
    case 'catalog.stock-reserved.v1':
      return move(data as IntegrationData['catalog.stock-reserved.v1'], -1, db);
    case 'catalog.stock-released.v1':
      return move(data as IntegrationData['catalog.stock-released.v1'], 1, db);
  }
}

function publish(product: ProductDocument, db: Database): void {
  const prices = product.variants.map((variant) => variant.priceCents);
  const { id } = db.get<{ id: number }>(
    `INSERT INTO products (slug, title, category, category_title, active, price_cents, price_to_cents, currency, document)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (slug) DO UPDATE SET title = excluded.title, category = excluded.category,
       category_title = excluded.category_title, active = excluded.active, price_cents = excluded.price_cents,
       price_to_cents = excluded.price_to_cents, currency = excluded.currency, document = excluded.document
     RETURNING id`,
    product.slug,
    product.title,
    product.category.slug,
    product.category.title,
    product.status === 'active' ? 1 : 0,
    Math.min(...prices),
    Math.max(...prices),
    product.variants[0]?.currency ?? 'EUR',
    JSON.stringify(product),
  )!;

  db.run('DELETE FROM variants WHERE slug = ?', product.slug);
  for (const { sku } of product.variants) db.run('INSERT OR REPLACE INTO variants VALUES (?, ?)', sku, product.slug);

  db.run('DELETE FROM product_options WHERE product_id = ?', id);
  for (const { name, values } of product.options)
    for (const [place, value] of values.entries())
      db.run('INSERT OR IGNORE INTO product_options VALUES (?, ?, ?, ?)', id, name, value, place);

  db.run('DELETE FROM product_words WHERE rowid = ?', id);
  db.run(
    'INSERT INTO product_words (rowid, title, tags, category, options, description) VALUES (?, ?, ?, ?, ?, ?)',
    id,
    product.title,
    product.tags.join(' '),
    product.category.title,
    product.options.flatMap((option) => option.values).join(' '),
    product.description,
  );
  sumUpProduct(product.slug, db);
}

function move({ lines }: IntegrationData['catalog.stock-reserved.v1'], direction: 1 | -1, db: Database): void {
  for (const { sku, quantity } of lines) {
    db.run('UPDATE stock SET available = available + ? WHERE sku = ?', direction * quantity, sku);
    sumUp(sku, db);
  }
}

function sumUp(sku: string, db: Database): void {
  const variant = db.get<{ slug: string }>('SELECT slug FROM variants WHERE sku = ?', sku);
  if (variant) sumUpProduct(variant.slug, db);
}

/** A list asks of every product whether anything of it is left, so the sum stands in its row. */
function sumUpProduct(slug: string, db: Database): void {
  db.run(
    `UPDATE products SET available = coalesce(
       (SELECT sum(s.available) FROM variants v JOIN stock s ON s.sku = v.sku WHERE v.slug = ?1), 0) WHERE slug = ?1`,
    slug,
  );
}
