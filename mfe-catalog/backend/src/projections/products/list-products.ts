import type { Facets, Picture, ProductCard, ProductList, SortOrder } from '@souk/catalog-api';
import type { Database, SqlValue } from '@souk/service-kit';
import type { Shelves } from '../../shelves.ts';
import { selection, type ProductFilter } from './selection.ts';

export interface ListOptions extends ProductFilter {
  readonly sort: SortOrder;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

interface CardRow {
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

/** Columns from which `toCard` makes a card. */
export const cardColumns = `p.slug, p.title, p.category, p.category_title, p.price_cents, p.price_to_cents, p.currency,
  p.available, p.document -> '$.pictures[0]' AS picture`;

const fewPieces = 3;

/** What is sold out comes last, whatever the order. */
const order: Record<SortOrder, string> = {
  relevance: 'p.available = 0, p.id',
  'price-asc': 'p.price_cents, p.id',
  'price-desc': 'p.price_cents DESC, p.id',
  title: 'p.title COLLATE NOCASE, p.id',
  newest: 'p.id DESC',
};

/** Columns of `product_words` weigh: title, tags, category, options, description. */
const byRelevance = 'p.available = 0, bm25(product_words, 10, 4, 4, 3, 1), p.id';

/**
 * One page of the products that pass the filter, with facets counted over the very same result; nothing when there is
 * no such category.
 */
export function listProducts(db: Database, shelves: Shelves, options: ListOptions): ProductList | undefined {
  const title = options.category === undefined ? undefined : titleOf(db, options.category);
  if (options.category !== undefined && title === undefined) return undefined;
  const { from, where, values } = selection(options);
  const { total } = db.get<{ total: number }>(`SELECT count(*) AS total FROM ${from} WHERE ${where}`, ...values)!;
  const orderBy = options.sort === 'relevance' && from.includes('product_words') ? byRelevance : order[options.sort];
  const rows = db.all<CardRow>(
    `SELECT ${cardColumns} FROM ${from} WHERE ${where} ORDER BY ${orderBy} LIMIT ? OFFSET ?`,
    ...values,
    options.pageSize,
    (options.page - 1) * options.pageSize,
  );
  return {
    total,
    page: options.page,
    pageSize: options.pageSize,
    ...(options.category ? { category: shelves.describe(options.category, title) } : {}),
    products: rows.map(toCard),
    facets: countFacets(db, options),
  };
}

/** A row of `cardColumns` as a card. */
export function toCard(row: CardRow): ProductCard {
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

/**
 * A facet shows what a choice in it would give, so it counts the result of all filters but its own:
 * otherwise choosing "cobalt" would make every other glaze vanish.
 */
function countFacets(db: Database, filter: ProductFilter): Facets {
  const count = <Row extends object>(
    of: ProductFilter,
    columns: string,
    join: string,
    rest: string,
    more: SqlValue[],
  ) => {
    const { from, where, values } = selection(of);
    return db.all<Row>(`SELECT ${columns} FROM ${from} ${join} WHERE ${where} ${rest}`, ...values, ...more);
  };

  const categories = count<{ slug: string; title: string; count: number }>(
    { ...filter, category: undefined },
    'p.category AS slug, p.category_title AS title, count(*) AS count',
    '',
    'GROUP BY p.category ORDER BY min(p.id)',
    [],
  );

  const columns = 'o.name, o.value, count(*) AS count, min(o.place) AS place';
  const join = 'JOIN product_options o ON o.product_id = p.id';
  const groups = 'GROUP BY o.name, o.value ORDER BY o.name, place, o.value';
  type OptionRow = { name: string; value: string; count: number };
  const chosen = [...filter.options.keys()];
  const others = count<OptionRow>(
    filter,
    columns,
    join,
    `${chosen.map(() => 'AND o.name <> ?').join(' ')} ${groups}`,
    chosen,
  );
  const own = chosen.flatMap((name) => {
    const rest = new Map([...filter.options].filter(([each]) => each !== name));
    return count<OptionRow>({ ...filter, options: rest }, columns, join, `AND o.name = ? ${groups}`, [name]);
  });

  const options = new Map<string, { value: string; count: number }[]>();
  for (const { name, value, count } of [...own, ...others])
    options.set(name, [...(options.get(name) ?? []), { value, count }]);
  const byWeight = [...options].toSorted(([, a], [, b]) => sum(b) - sum(a));
  return { categories, options: byWeight.map(([name, values]) => ({ name, values })) };
}

function titleOf(db: Database, category: string): string | undefined {
  return db.get<{ title: string }>('SELECT category_title AS title FROM products WHERE category = ? LIMIT 1', category)
    ?.title;
}

function sum(values: readonly { readonly count: number }[]): number {
  return values.reduce((total, { count }) => total + count, 0);
}
