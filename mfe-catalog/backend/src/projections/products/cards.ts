import type { Picture, ProductCard } from '@souk/catalog-api';
import type { Database } from '@souk/service-kit';

interface CardRow {
  readonly id: number;
  readonly slug: string;
  readonly title: string;
  readonly category: string;
  readonly category_title: string;
  readonly price_cents: number;
  readonly price_to_cents: number;
  readonly currency: string;
  readonly available: number;
  readonly picture: string | null;
}

const fewPieces = 3;

/** Cards of the rows with these ids, in this order; one that is not there is left out. */
export function cardsOf(db: Database, ids: readonly number[]): ProductCard[] {
  if (ids.length === 0) return [];
  const rows = db.all<CardRow>(
    `SELECT p.id, p.slug, p.title, p.category, p.category_title, p.price_cents, p.price_to_cents, p.currency,
       p.available, p.document -> '$.pictures[0]' AS picture
     FROM json_each(?) wanted JOIN products p ON p.id = wanted.value ORDER BY wanted.key`,
    JSON.stringify(ids),
  );
  return rows.map(toCard);
}

function toCard(row: CardRow): ProductCard {
  return {
    slug: row.slug,
    title: row.title,
    category: { slug: row.category, title: row.category_title },
    priceCents: row.price_cents,
    priceToCents: row.price_to_cents,
    currency: row.currency,
    ...(row.picture ? { picture: JSON.parse(row.picture) as Picture } : {}),
    available: row.available > 0,
    lowStock: row.available > 0 && row.available <= fewPieces,
  };
}
