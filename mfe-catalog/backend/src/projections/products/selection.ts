import type { SqlValue } from '@souk/service-kit';

/** What a shopper narrowed the shop down to. */
export interface ProductFilter {
  /** Words of a search; empty or nothing for all products. */
  readonly q?: string | undefined;
  /** Slug of a category. */
  readonly category?: string | undefined;
  /** Chosen values by option name; one value of each named option is enough. */
  readonly options: ReadonlyMap<string, readonly string[]>;
}

/** The filter as parts of a SELECT over `products p`. */
export interface Selection {
  readonly from: string;
  readonly where: string;
  readonly values: readonly SqlValue[];
}

/** Translates a filter to SQL; every value is bound, none is part of the text. */
export function selection(filter: ProductFilter): Selection {
  const conditions = ['p.active'];
  const values: SqlValue[] = [];
  let from = 'products p';

  const words = matchExpression(filter.q ?? '');
  if (words !== undefined) {
    from = 'product_words JOIN products p ON p.id = product_words.rowid';
    conditions.push('product_words MATCH ?');
    values.push(words);
  }
  if (filter.category !== undefined) {
    conditions.push('p.category = ?');
    values.push(filter.category);
  }
  for (const [name, chosen] of filter.options) {
    const places = chosen.map(() => '?').join(', ');
    conditions.push(
      `EXISTS (SELECT 1 FROM product_options c WHERE c.product_id = p.id AND c.name = ? AND c.value IN (${places}))`,
    );
    values.push(name, ...chosen);
  }
  return { from, where: conditions.join(' AND '), values };
}

/**
 * Words as an FTS5 query: all of them must occur, each may go on ("lant" finds "lantern"). Quoted, so that nothing a
 * shopper types is read as an operator.
 * @returns nothing when there is no word to search for
 */
export function matchExpression(q: string): string | undefined {
  const words = q.match(/[\p{L}\p{N}]+/gu)?.slice(0, 12);
  return words?.map((word) => `"${word}"*`).join(' ');
}
