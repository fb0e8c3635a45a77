import type { Category, Picture, ProductCard } from '@souk/catalog-api';
import type { Database } from '@souk/service-kit';
import type { ProductSearch } from '../../search/product-search.ts';
import type { Shelves } from '../../shelves.ts';
import { cardsOf } from './cards.ts';

/** The categories that have something to sell, in the shop's order, each with a picture. */
export function listCategories(db: Database, search: ProductSearch, shelves: Shelves): Category[] {
  return search
    .shelves()
    .map(({ slug, title, count, first }) => {
      const shelf = shelves.describe(slug, title);
      const own = shelf.picture ?? pictureOf(db, first);
      return { slug, title: shelf.title, description: shelf.description, count, ...(own ? { picture: own } : {}) };
    })
    .toSorted((a, b) => shelves.place(a.slug) - shelves.place(b.slug));
}

/** A few products for the front of the shop: in stock, with a picture, from as many categories as there are. */
export function featuredProducts(db: Database, search: ProductSearch, count: number): ProductCard[] {
  return cardsOf(db, search.firstOfShelves(count * 4))
    .filter(({ picture }) => picture)
    .slice(0, count);
}

function pictureOf(db: Database, id: number): Picture | undefined {
  const sql = "SELECT document -> '$.pictures[0]' AS picture FROM products WHERE id = ?";
  const row = db.get<{ picture: string | null }>(sql, id);
  return row?.picture ? (JSON.parse(row.picture) as Picture) : undefined;
}
