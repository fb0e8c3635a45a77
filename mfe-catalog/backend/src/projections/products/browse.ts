import type { Category, ProductCard, Suggestions } from '@souk/catalog-api';
import type { Database } from '@souk/service-kit';
import type { Shelves } from '../../shelves.ts';
import { cardColumns, toCard } from './list-products.ts';
import { matchExpression } from './selection.ts';

/** The categories that have something to sell, in the shop's order, each with a picture. */
export function listCategories(db: Database, shelves: Shelves): Category[] {
  const rows = db.all<{ slug: string; title: string; count: number; picture: string | null }>(
    `SELECT category AS slug, category_title AS title, count(*) AS count, document -> '$.pictures[0]' AS picture, min(id)
     FROM products WHERE active GROUP BY category ORDER BY min(id)`,
  );
  return rows
    .map(({ slug, title, count, picture }) => {
      const shelf = shelves.describe(slug, title);
      const own = shelf.picture ?? (picture ? JSON.parse(picture) : undefined);
      return { slug, title: shelf.title, description: shelf.description, count, ...(own ? { picture: own } : {}) };
    })
    .toSorted((a, b) => shelves.place(a.slug) - shelves.place(b.slug));
}

/** A few products for the front of the shop: in stock, with a picture, from as many categories as there are. */
export function featuredProducts(db: Database, count: number): ProductCard[] {
  const rows = db.all<Parameters<typeof toCard>[0]>(
    `WITH ranked AS (
       SELECT id, row_number() OVER (PARTITION BY category ORDER BY id) AS place
       FROM products WHERE active AND available > 0 AND document -> '$.pictures[0]' IS NOT NULL
     )
     SELECT ${cardColumns} FROM ranked JOIN products p ON p.id = ranked.id ORDER BY ranked.place, p.id LIMIT ?`,
    count,
  );
  return rows.map(toCard);
}

/** Products whose words begin with what was typed so far, at most `limit`. */
export function suggest(db: Database, q: string, limit: number): Suggestions {
  const words = matchExpression(q);
  if (words === undefined) return { suggestions: [] };
  const rows = db.all<Parameters<typeof toCard>[0]>(
    `SELECT ${cardColumns} FROM product_words JOIN products p ON p.id = product_words.rowid
     WHERE p.active AND product_words MATCH ? ORDER BY bm25(product_words, 10, 4, 4, 3, 1), p.id LIMIT ?`,
    `{title category tags} : (${words})`,
    limit,
  );
  return {
    suggestions: rows.map(toCard).map(({ slug, title, picture }) => ({ slug, title, ...(picture ? { picture } : {}) })),
  };
}
