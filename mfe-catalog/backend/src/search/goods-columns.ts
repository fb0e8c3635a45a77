import { bytes, doubles, growing, numbers } from './growing.ts';
import { priceStep } from './price-ranges.ts';

/** What lists are narrowed down and sorted by, of one product. */
export interface GoodsRow {
  /** Of its row in the read model. */
  readonly id: number;
  readonly title: string;
  readonly category: { readonly slug: string; readonly title: string };
  readonly vendor: string;
  /** Lowest price of its variants. */
  readonly priceCents: number;
  readonly isSold: boolean;
  readonly isInStock: boolean;
  readonly options: readonly { readonly name: string; readonly values: readonly string[] }[];
}

/** A word that many products share, as a number. */
export interface Labels<Label> {
  readonly all: readonly Label[];
  numberOf(key: string): number | undefined;
}

/** One value of an option, with the place that its first product gives it. */
export interface OptionValue {
  readonly name: number;
  readonly value: string;
  readonly place: number;
}

/** The same few facts of every product, column by column, so that counting a hundred thousand of them takes a moment. */
export interface GoodsColumns {
  readonly length: number;
  /** Of every place from 0 on; all of it may be another array after an `add`. */
  readonly columns: {
    readonly id: Uint32Array;
    readonly category: Uint32Array;
    readonly vendor: Uint32Array;
    readonly price: Uint32Array;
    readonly sold: Uint8Array;
    readonly inStock: Uint8Array;
    /** Values of a product stand in `optionValues` from here up to the beginning of the next one's. */
    readonly optionStart: Float64Array;
    readonly optionValues: Uint32Array;
    /** Which of the `priceSteps` the price stands on. */
    readonly priceStep: Uint8Array;
    /** Titles in small letters, to sort by, and their first letters as a number that sorts alike. */
    readonly title: readonly string[];
    readonly titleKey: Float64Array;
  };
  readonly categories: Labels<{ readonly slug: string; readonly title: string }>;
  readonly vendors: Labels<string>;
  readonly optionNames: Labels<string>;
  readonly optionValues: Labels<OptionValue>;
  /** @returns the product's place, one that was never used */
  add(row: GoodsRow): number;
  /** The newest place of a product's row. */
  placeOf(id: number): number | undefined;
  setInStock(place: number, isInStock: boolean): void;
  /** Takes what stands there out of every list. */
  bury(place: number): void;
}

/** Columns without rows. */
export function goodsColumns(): GoodsColumns {
  const [id, category, vendor, price] = [growing(numbers), growing(numbers), growing(numbers), growing(numbers)];
  const [sold, inStock, step] = [growing(bytes), growing(bytes), growing(bytes)];
  const [optionStart, values] = [growing(doubles), growing(numbers)];
  const title: string[] = [];
  const titleKey = growing(doubles);
  const places = new Map<number, number>();
  const categories = labels<{ slug: string; title: string }>();
  const vendors = labels<string>();
  const optionNames = labels<string>();
  const optionValues = labels<OptionValue>();
  optionStart.push(0);

  return {
    get length() {
      return title.length;
    },
    get columns() {
      return {
        ...{ id: id.values, category: category.values, vendor: vendor.values, price: price.values },
        ...{ sold: sold.values, inStock: inStock.values },
        ...{ priceStep: step.values, title, titleKey: titleKey.values },
        ...{ optionStart: optionStart.values, optionValues: values.values },
      };
    },
    categories,
    vendors,
    optionNames,
    optionValues,
    add(row) {
      const place = title.push(row.title.toLowerCase()) - 1;
      id.push(row.id);
      category.push(categories.add(row.category.slug, row.category));
      vendor.push(vendors.add(row.vendor, row.vendor));
      price.push(row.priceCents);
      step.push(priceStep(row.priceCents));
      titleKey.push(firstLetters(title[place]!));
      sold.push(row.isSold ? 1 : 0);
      inStock.push(row.isInStock ? 1 : 0);
      for (const option of row.options) {
        const name = optionNames.add(option.name, option.name);
        for (const [at, value] of [...new Set(option.values)].entries())
          values.push(optionValues.add(optionKey(option.name, value), { name, value, place: at }));
      }
      optionStart.push(values.length);
      places.set(row.id, place);
      return place;
    },
    placeOf: (row) => places.get(row),
    setInStock(place, isInStock) {
      inStock.values[place] = isInStock ? 1 : 0;
    },
    bury(place) {
      sold.values[place] = 0;
    },
  };
}

/** Six letters of eight bits; behind one that does not fit nothing counts, as it cannot be told from others. */
function firstLetters(text: string): number {
  let key = 0;
  let isOver = false;
  for (let at = 0; at < 6; at++) {
    const letter: number = isOver || at >= text.length ? 0 : text.charCodeAt(at);
    isOver ||= letter > 254;
    key = key * 256 + Math.min(letter, 255);
  }
  return key;
}

/** Under which a value of an option has its number. */
export function optionKey(name: string, value: string): string {
  return `${name}\n${value}`;
}

interface GrowingLabels<Label> extends Labels<Label> {
  add(key: string, label: Label): number;
}

function labels<Label>(): GrowingLabels<Label> {
  const known = new Map<string, number>();
  const all: Label[] = [];
  return {
    all,
    numberOf: (key) => known.get(key),
    add(key, label) {
      const number = known.get(key) ?? all.push(label) - 1;
      known.set(key, number);
      return number;
    },
  };
}
