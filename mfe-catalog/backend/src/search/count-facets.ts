import type { Facets } from '@souk/catalog-api';
import { optionKey, type GoodsColumns } from './goods-columns.ts';
import { priceRanges, priceSteps } from './price-ranges.ts';

/** What a shopper narrowed the shop down to, words apart. */
export interface Choices {
  /** Slugs; one of them is enough. Empty: any. The same for vendors and the values of each option. */
  readonly categories: readonly string[];
  readonly vendors: readonly string[];
  readonly options: ReadonlyMap<string, readonly string[]>;
  readonly minCents?: number | undefined;
  readonly maxCents?: number | undefined;
  readonly onlyInStock: boolean;
}

/** The products that pass, and the facets of this very result. */
export interface Counted {
  /** Places of those that pass every choice. */
  readonly places: Uint32Array;
  readonly facets: Facets;
  /** How many would pass without the choice of one facet, by the name under which it stands in an address. */
  readonly without: ReadonlyMap<string, number>;
}

/** More values of a facet than this are not told, but those that are chosen. */
const mostValues = 60;
const mostOptions = 12;

/**
 * Narrows down and counts in one pass. A facet counts what passes all choices but its own, so a product that fails one
 * facet alone still counts in that one: choosing "cobalt" does not make every other glaze vanish.
 * @param found places to look at; all when there is nothing
 */
export function countFacets(goods: GoodsColumns, found: readonly number[] | undefined, choices: Choices): Counted {
  const { category, vendor, price, priceStep, sold, inStock, optionStart, optionValues } = goods.columns;
  const chosenCategories = numbersOf(choices.categories, (slug) => goods.categories.numberOf(slug));
  const chosenVendors = numbersOf(choices.vendors, (name) => goods.vendors.numberOf(name));
  const chosenOptions = [...choices.options].map(([name, values]) => ({
    name: goods.optionNames.numberOf(name) ?? none,
    facet: `option.${name}`,
    values: numbersOf(values, (value) => goods.optionValues.numberOf(optionKey(name, value)))!,
  }));
  const { minCents = 0, maxCents = Infinity, onlyInStock } = choices;

  const byCategory = new Uint32Array(goods.categories.all.length);
  const byVendor = new Uint32Array(goods.vendors.all.length);
  const byValue = new Uint32Array(goods.optionValues.all.length);
  const byPrice = new Uint32Array(priceSteps.length);
  // Index of the facet in `facetNames`, the options from the fifth on.
  const facetNames = ['category', 'vendor', 'price', 'inStock', ...chosenOptions.map(({ facet }) => facet)];
  const failedAlone = new Uint32Array(facetNames.length);
  let inStockCount = 0;

  const failsOption = (place: number, values: ReadonlySet<number>): boolean => {
    for (let at = optionStart[place]!; at < optionStart[place + 1]!; at++)
      if (values.has(optionValues[at]!)) return false;
    return true;
  };

  const size = found?.length ?? goods.length;
  const passing = new Uint32Array(size);
  let passed = 0;
  for (let at = 0; at < size; at++) {
    const place = found ? found[at]! : at;
    if (sold[place] === 0) continue;
    let failed = none;
    let failures = 0;
    if (chosenCategories && !chosenCategories.has(category[place]!)) {
      failed = 0;
      failures++;
    }
    if (chosenVendors && !chosenVendors.has(vendor[place]!)) {
      failed = 1;
      failures++;
    }
    if (price[place]! < minCents || price[place]! > maxCents) {
      failed = 2;
      failures++;
    }
    if (onlyInStock && inStock[place] === 0) {
      failed = 3;
      failures++;
    }
    for (let index = 0; failures < 2 && index < chosenOptions.length; index++)
      if (failsOption(place, chosenOptions[index]!.values)) {
        failed = 4 + index;
        failures++;
      }
    if (failures > 1) continue;

    const passes = failures === 0;
    if (passes) passing[passed++] = place;
    else failedAlone[failed]!++;
    if (passes || failed === 0) byCategory[category[place]!]!++;
    if (passes || failed === 1) byVendor[vendor[place]!]!++;
    if (passes || failed === 2) byPrice[priceStep[place]!]!++;
    if ((passes || failed === 3) && inStock[place] === 1) inStockCount++;
    // Of a product that fails one option, only that option's values count.
    const only = passes ? none : chosenOptions[failed - 4]?.name;
    if (only === undefined) continue;
    for (let own = optionStart[place]!; own < optionStart[place + 1]!; own++) {
      const value = optionValues[own]!;
      if (only === none || goods.optionValues.all[value]!.name === only) byValue[value]!++;
    }
  }

  const places = passing.subarray(0, passed);
  const without = new Map(facetNames.map((name, facet) => [name, places.length + failedAlone[facet]!]));
  return { places, without, facets: facetsOf() };

  function facetsOf(): Facets {
    return {
      categories: told(byCategory, chosenCategories, (number) => goods.categories.all[number]!),
      vendors: told(byVendor, chosenVendors, (number) => ({ value: goods.vendors.all[number]! })),
      prices: priceRanges(byPrice),
      inStock: inStockCount,
      options: optionFacets(),
    };
  }

  function optionFacets(): Facets['options'] {
    const chosen = new Set(chosenOptions.flatMap(({ values }) => [...values]));
    const byName = new Map<number, { value: string; count: number; place: number }[]>();
    for (const { number, count } of counted(byValue, chosen)) {
      const { name, value, place } = goods.optionValues.all[number]!;
      const values = byName.get(name) ?? [];
      values.push({ value, count, place });
      byName.set(name, values);
    }
    return [...byName]
      .map(([name, values]) => ({ name, values, weight: values.reduce((sum, { count }) => sum + count, 0) }))
      .toSorted((a, b) => b.weight - a.weight || a.name - b.name)
      .slice(0, mostOptions)
      .map(({ name, values }) => ({
        name: goods.optionNames.all[name]!,
        values: values.toSorted((a, b) => a.place - b.place).map(({ value, count }) => ({ value, count })),
      }));
  }
}

/** No number of any label. */
const none = -1;

function numbersOf(keys: readonly string[], numberOf: (key: string) => number | undefined): Set<number> | undefined {
  return keys.length === 0 ? undefined : new Set(keys.map((key) => numberOf(key) ?? none));
}

/** The labels that count something or are chosen, the most frequent ones only where there are many. */
function counted(
  counts: Uint32Array,
  chosen: ReadonlySet<number> | undefined,
): readonly { readonly number: number; readonly count: number }[] {
  const all: { number: number; count: number }[] = [];
  for (const [number, count] of counts.entries()) if (count > 0 || chosen?.has(number)) all.push({ number, count });
  return all;
}

function told<Label extends object>(
  counts: Uint32Array,
  chosen: ReadonlySet<number> | undefined,
  labelOf: (number: number) => Label,
): (Label & { count: number })[] {
  return counted(counts, chosen)
    .toSorted((a, b) => b.count - a.count || a.number - b.number)
    .filter(({ number }, index) => index < mostValues || chosen?.has(number))
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, count }) => ({ ...labelOf(number), count }));
}
