import type { Database } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';

/** A product as its last event says it. */
export type ProductDocument = IntegrationData['catalog.product-published.v1'];

interface CatalogEvent {
  readonly type: string;
  readonly data: unknown;
}

/**
 * Brings the read model up to one event of the stream `catalog`; an event it does not know changes nothing.
 * @param position where it stands in the log
 */
export function applyCatalogEvent({ type, data }: CatalogEvent, position: number, db: Database): void {
  switch (type) {
    case 'catalog.product-published.v1':
      return publish(data as ProductDocument, position, db);
    case 'catalog.stock-counted.v1': {
      const { sku, quantity } = data as IntegrationData['catalog.stock-counted.v1'];
      db.run(
        `INSERT INTO stock (sku, counted, available) VALUES (?1, ?2, ?2)
         ON CONFLICT (sku) DO UPDATE SET counted = ?2, available = ?2`,
        sku,
        quantity,
      );
      return sumUp(sku, position, db);
    }
    case 'catalog.stock-reserved.v1':
      return move(data as IntegrationData['catalog.stock-reserved.v1'], -1, position, db);
    case 'catalog.stock-released.v1':
      return move(data as IntegrationData['catalog.stock-released.v1'], 1, position, db);
  }
}

function publish(product: ProductDocument, position: number, db: Database): void {
  const prices = product.variants.map((variant) => variant.priceCents);
  db.run(
    `INSERT INTO products (slug, title, category, category_title, active, price_cents, price_to_cents, currency, document,
       published)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (slug) DO UPDATE SET title = excluded.title, category = excluded.category,
       category_title = excluded.category_title, active = excluded.active, price_cents = excluded.price_cents,
       price_to_cents = excluded.price_to_cents, currency = excluded.currency, document = excluded.document,
       published = excluded.published`,
    product.slug,
    product.title,
    product.category.slug,
    product.category.title,
    product.status === 'active' ? 1 : 0,
    Math.min(...prices),
    Math.max(...prices),
    product.variants[0]?.currency ?? 'EUR',
    JSON.stringify(product),
    position,
  );

  db.run('DELETE FROM variants WHERE slug = ?', product.slug);
  for (const { sku } of product.variants) db.run('INSERT OR REPLACE INTO variants VALUES (?, ?)', sku, product.slug);

  sumUpProduct(product.slug, position, db);
}

function move(
  { lines }: IntegrationData['catalog.stock-reserved.v1'],
  direction: 1 | -1,
  position: number,
  db: Database,
): void {
  for (const { sku, quantity } of lines) {
    db.run('UPDATE stock SET available = available + ? WHERE sku = ?', direction * quantity, sku);
    sumUp(sku, position, db);
  }
  const slugs = new Set(lines.map(({ sku }) => slugOf(sku, db)).filter((slug) => slug !== undefined));
  countTogether([...slugs].slice(0, mostTogether), -direction, db);
}

/** Of a larger order only so many products count as ordered together, for the pairs are its square. */
const mostTogether = 12;

/** An order that sets goods aside counts for each two of them; one that gives them back counts no more. */
function countTogether(slugs: readonly string[], by: number, db: Database): void {
  for (const slug of slugs)
    for (const other of slugs)
      if (slug !== other)
        db.run(
          `INSERT INTO ordered_together VALUES (?1, ?2, max(0, ?3))
           ON CONFLICT (slug, other) DO UPDATE SET orders = max(0, orders + ?3)`,
          slug,
          other,
          by,
        );
}

function sumUp(sku: string, position: number, db: Database): void {
  const slug = slugOf(sku, db);
  if (slug !== undefined) sumUpProduct(slug, position, db);
}

function slugOf(sku: string, db: Database): string | undefined {
  return db.get<{ slug: string }>('SELECT slug FROM variants WHERE sku = ?', sku)?.slug;
}

/** A list asks of every product whether anything of it is left, so the sum stands in its row. */
function sumUpProduct(slug: string, position: number, db: Database): void {
  db.run(
    `UPDATE products SET changed = ?2, available = coalesce(
       (SELECT sum(s.available) FROM variants v JOIN stock s ON s.sku = v.sku WHERE v.slug = ?1), 0) WHERE slug = ?1`,
    slug,
    position,
  );
}
