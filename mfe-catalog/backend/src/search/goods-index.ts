import type { Database } from '@souk/service-kit';
import type { ProductDocument } from '../projections/products/apply.ts';
import { goodsColumns, type GoodsColumns, type GoodsRow } from './goods-columns.ts';
import { textIndex, type TextIndex, type WeighedText } from './text-index.ts';

/** Words and facts of every product, at the same places. */
export interface GoodsIndex {
  readonly words: TextIndex;
  readonly goods: GoodsColumns;
  /** Takes in at most so many rows of the read model that have changed. @returns whether there may be more */
  takeIn(most: number): boolean;
  /** Half of it is of products that have been published anew since: another one would be smaller. */
  readonly isWorn: boolean;
}

interface ProductRow {
  readonly id: number;
  readonly document: string;
  readonly available: number;
  readonly changed: number;
  readonly published: number;
}

/** How much a word counts by where it stands. */
const weights = { title: 10, tags: 4, category: 4, options: 3, vendor: 3, description: 1 };

/** A small index may be worn. */
const leastWorn = 1000;

/**
 * An index that follows the read model: each row there says at which position of the log it last changed, and when its text
 * did. A product with a new text gets a new place; new stock is noted where it stands.
 */
export function goodsIndex(db: Database): GoodsIndex {
  const words = textIndex();
  const goods = goodsColumns();
  /** Position at which the text of each place was published. */
  const published: number[] = [];
  let read = { changed: -1, id: -1 };
  let buried = 0;

  const take = (row: ProductRow): void => {
    const known = goods.placeOf(row.id);
    if (known !== undefined && published[known] === row.published) return goods.setInStock(known, row.available > 0);
    if (known !== undefined) {
      goods.bury(known);
      buried++;
    }
    const product = JSON.parse(row.document) as ProductDocument;
    published[goods.add(toGoods(row, product))] = row.published;
    words.add(textsOf(product));
  };

  return {
    words,
    goods,
    takeIn(most) {
      const rows = db.all<ProductRow>(
        `SELECT id, document, available, changed, published FROM products
         WHERE (changed, id) > (?, ?) ORDER BY changed, id LIMIT ?`,
        ...[read.changed, read.id, most],
      );
      for (const row of rows) take(row);
      read = rows.at(-1) ?? read;
      return rows.length === most;
    },
    get isWorn() {
      return buried > leastWorn && buried > goods.length / 2;
    },
  };
}

function toGoods({ id, available }: ProductRow, product: ProductDocument): GoodsRow {
  return {
    ...{ id, title: product.title, category: product.category, vendor: product.vendor, options: product.options },
    priceCents: Math.min(...product.variants.map(({ priceCents }) => priceCents)),
    isSold: product.status === 'active',
    isInStock: available > 0,
  };
}

function textsOf({ title, tags, category, options, vendor, description }: ProductDocument): readonly WeighedText[] {
  return [
    { text: title, weight: weights.title },
    { text: tags.join(' '), weight: weights.tags },
    { text: category.title, weight: weights.category },
    { text: options.flatMap(({ values }) => values).join(' '), weight: weights.options },
    { text: vendor, weight: weights.vendor },
    { text: description, weight: weights.description },
  ];
}
