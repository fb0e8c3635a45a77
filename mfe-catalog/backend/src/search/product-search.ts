import type { Facets, SortOrder } from '@souk/catalog-api';
import type { Database } from '@souk/service-kit';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { countFacets, type Choices } from './count-facets.ts';
import type { GoodsColumns } from './goods-columns.ts';
import { goodsIndex, type GoodsIndex } from './goods-index.ts';
import { pageOf, type Order } from './page-of.ts';
import { typedWords } from './text-index.ts';

/** Rows taken in before others get their turn: some 10 ms. */
const rowsAtOnce = 256;

/** What somebody looks for. */
export interface Wanted extends Choices {
  /** Words of a search; empty for all products. */
  readonly q: string;
  readonly sort: SortOrder;
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** A page of what was found. */
export interface FoundProducts {
  readonly total: number;
  /** Rows of the read model, in order. */
  readonly ids: readonly number[];
  readonly facets: Facets;
  /** The words that were searched for instead, as nobody knows those of the shopper. */
  readonly correctedTo?: string;
  /** How many there would be without one facet's choice. */
  readonly without: ReadonlyMap<string, number>;
}

/** Finds products in memory; what it knows is what stands in the read model at the moment of the question. */
export interface ProductSearch {
  find(wanted: Wanted): FoundProducts;
  /** How many products each word of a search would find alone. */
  eachWord(q: string): readonly { readonly word: string; readonly count: number }[];
  /** The shelves with what is sold on them, in the order of their first products. */
  shelves(): readonly {
    readonly slug: string;
    readonly title: string;
    readonly count: number;
    readonly first: number;
  }[];
  /** What a shelf is called, sold out or not; nothing when there is none. */
  titleOfShelf(slug: string): string | undefined;
  /** The first in stock of each shelf, then the second of each, and so on. */
  firstOfShelves(count: number): readonly number[];
  /** Others in stock on the same shelf, those of the nearest price first. */
  near(id: number, count: number): readonly number[];
  /** Takes in what is new, a little at a time, so that others get their turn. */
  catchUp(signal: AbortSignal): Promise<void>;
}

/** Answers from an index of everything in the read model. It looks for news before each answer, which takes microseconds. */
export function productSearch(db: Database): ProductSearch {
  let index = goodsIndex(db);

  const now = (): GoodsIndex => {
    while (index.takeIn(rowsAtOnce));
    return index;
  };

  return {
    find(wanted) {
      const { words, goods } = now();
      const asked = words.find(wanted.q);
      const correctedTo = asked?.places.length === 0 ? words.corrected(wanted.q) : undefined;
      const found = correctedTo === undefined ? asked : words.find(correctedTo);
      const counted = countFacets(goods, found?.places, wanted);
      const page = pageOf(
        counted.places,
        { from: (wanted.page - 1) * wanted.pageSize, to: wanted.page * wanted.pageSize },
        orderOf(goods, counted.places, wanted.sort, found?.scores),
      );
      return {
        total: counted.places.length,
        ids: page.map((place) => goods.columns.id[place]!),
        facets: counted.facets,
        ...(correctedTo === undefined ? {} : { correctedTo }),
        without: counted.without,
      };
    },
    eachWord(q) {
      const { words, goods } = now();
      return typedWords(q).map((word) => {
        const places = words.find(word)?.places ?? [];
        return { word, count: places.filter((place) => goods.columns.sold[place] === 1).length };
      });
    },
    shelves() {
      const { goods } = now();
      const { category, sold, id } = goods.columns;
      const counts = new Uint32Array(goods.categories.all.length);
      const firsts = new Uint32Array(counts.length).fill(0xffff_ffff);
      for (let place = 0; place < goods.length; place++) {
        if (sold[place] === 0) continue;
        const shelf = category[place]!;
        counts[shelf]!++;
        if (id[place]! < firsts[shelf]!) firsts[shelf] = id[place]!;
      }
      return goods.categories.all
        .map((shelf, number) => ({ ...shelf, count: counts[number]!, first: firsts[number]! }))
        .filter(({ count }) => count > 0)
        .toSorted((a, b) => a.first - b.first);
    },
    titleOfShelf(slug) {
      const { goods } = now();
      const number = goods.categories.numberOf(slug);
      return number === undefined ? undefined : goods.categories.all[number]!.title;
    },
    firstOfShelves(count) {
      const { goods } = now();
      const { category, sold, inStock, id } = goods.columns;
      const rounds = new Map<number, number>();
      const found: { id: number; round: number }[] = [];
      for (let place = 0; place < goods.length; place++) {
        if (sold[place] === 0 || inStock[place] === 0) continue;
        const round = rounds.get(category[place]!) ?? 0;
        rounds.set(category[place]!, round + 1);
        if (round < count) found.push({ id: id[place]!, round });
      }
      return found
        .toSorted((a, b) => a.round - b.round || a.id - b.id)
        .slice(0, count)
        .map((each) => each.id);
    },
    near(id, count) {
      const { goods } = now();
      const own = goods.placeOf(id);
      if (own === undefined) return [];
      const { category, price, sold, inStock, id: ids } = goods.columns;
      const others: number[] = [];
      for (let place = 0; place < goods.length; place++)
        if (category[place] === category[own] && sold[place] === 1 && inStock[place] === 1 && place !== own)
          others.push(place);
      const keys = Float64Array.from({ length: goods.length }, (_, place) => Math.abs(price[place]! - price[own]!));
      const order = { keys, before: (a: number, b: number) => a < b };
      return pageOf(Uint32Array.from(others), { from: 0, to: count }, order).map((place) => ids[place]!);
    },
    async catchUp(signal) {
      const next = index.isWorn ? goodsIndex(db) : index;
      while (!signal.aborted && next.takeIn(rowsAtOnce)) await nextTurn();
      if (!signal.aborted) index = next;
    },
  };
}

/** The order asked for, and among equals what was first in the shop. */
function orderOf(goods: GoodsColumns, places: Uint32Array, sort: SortOrder, scores: Float64Array | undefined): Order {
  const { id, price, inStock, title, titleKey } = goods.columns;
  const before = (a: number, b: number) => id[a]! < id[b]!;
  const by = (keyOf: (place: number) => number) => {
    const keys = new Float64Array(goods.length);
    for (const place of places) keys[place] = keyOf(place);
    return { keys, before };
  };
  switch (sort) {
    case 'price-asc':
      return by((place) => price[place]!);
    case 'price-desc':
      return by((place) => -price[place]!);
    case 'newest':
      return by((place) => -id[place]!);
    case 'title':
      return {
        keys: titleKey,
        before: (a, b) => (title[a] === title[b] ? before(a, b) : title[a]! < title[b]!),
      };
    case 'relevance':
      // What is sold out comes last, however well it fits: no score is as much.
      return by((place) => (inStock[place] === 1 ? 0 : 1e6) - (scores?.[place] ?? 0));
  }
}
