import type { ProductList, ProductQuery, Suggestions } from '@souk/catalog-api';
import { Invalid, NotFound, type Database } from '@souk/service-kit';
import { cardsOf } from '../projections/products/cards.ts';
import { wordsOf } from '../search/words.ts';
import type { FoundProducts, ProductSearch, Wanted } from '../search/product-search.ts';
import type { Shelves } from '../shelves.ts';

/** What answers are made of. */
export interface ListSources {
  readonly db: Database;
  readonly search: ProductSearch;
  readonly shelves: Shelves;
}

const defaultPageSize = 24;
const maxOptionFilters = 10;
const suggestedProducts = 6;
const suggestedShelves = 3;
const popularShelves = 6;

/**
 * A page of the products that pass, with facets counted over the very same result.
 * @throws {NotFound} `unknown-category`, `unknown-page`
 * @throws {Invalid} `too-many-filters`
 */
export function listProducts({ db, search, shelves }: ListSources, query: ProductQuery, url: string): ProductList {
  const wanted = wantedOf(query, url);
  const category = categoryOf(search, shelves, wanted.categories);
  const found = search.find(wanted);
  const { page, pageSize } = wanted;
  if (page > 1 && found.ids.length === 0) throw new NotFound('unknown-page', 'the list has fewer pages');
  return {
    ...{ total: found.total, page, pageSize, products: cardsOf(db, found.ids), facets: found.facets },
    ...(category ? { category } : {}),
    ...(found.correctedTo === undefined ? {} : { correctedTo: found.correctedTo }),
    ...(found.total === 0 ? { help: helpOn(search, shelves, wanted, found) } : {}),
  };
}

/** Where what was typed so far may lead. */
export function suggest({ db, search, shelves }: ListSources, q: string): Suggestions {
  const typed = wordsOf(q);
  if (typed.length === 0) return { shelves: [], products: [], total: 0 };
  const found = search.find({ ...everything, q, pageSize: suggestedProducts });
  const sought = found.correctedTo === undefined ? typed : wordsOf(found.correctedTo);
  const fits = (title: string) => sought.every((word) => wordsOf(title).some((own) => own.startsWith(word)));
  return {
    ...(found.correctedTo === undefined ? {} : { correctedTo: found.correctedTo }),
    shelves: shelvesOf(search, shelves)
      .filter(({ title }) => fits(title))
      .slice(0, suggestedShelves),
    products: cardsOf(db, found.ids),
    total: found.total,
  };
}

const everything: Wanted = {
  ...{ q: '', categories: [], vendors: [], options: new Map(), onlyInStock: false },
  ...{ sort: 'relevance', page: 1, pageSize: defaultPageSize },
};

function wantedOf(query: ProductQuery, url: string): Wanted {
  const { q = '', category = [], vendor = [], minPrice, maxPrice, inStock = false } = query;
  const { sort = 'relevance', page = 1, pageSize = defaultPageSize } = query;
  return {
    ...{ q, categories: category, vendors: vendor, options: optionFilters(url), onlyInStock: inStock },
    minCents: minPrice === undefined ? undefined : Math.round(minPrice * 100),
    maxCents: maxPrice === undefined ? undefined : Math.round(maxPrice * 100),
    ...{ sort, page, pageSize },
  };
}

/** The one shelf that is asked for. */
function categoryOf(search: ProductSearch, shelves: Shelves, [slug, ...others]: readonly string[]) {
  if (slug === undefined || others.length > 0) return undefined;
  const title = search.titleOfShelf(slug);
  if (title === undefined) throw new NotFound('unknown-category', 'there is no such category');
  const shelf = shelves.describe(slug, title);
  return { slug, title: shelf.title, description: shelf.description };
}

/** Ways on from where nothing is, each with what it leads to. */
function helpOn(search: ProductSearch, shelves: Shelves, { q }: Wanted, { without }: FoundProducts) {
  const words = search.eachWord(q);
  return {
    without: [...without].map(([filter, count]) => ({ filter, count })).filter(({ count }) => count > 0),
    words: words.length > 1 ? words.filter(({ count }) => count > 0) : [],
    shelves: shelvesOf(search, shelves)
      .toSorted((a, b) => b.count - a.count)
      .slice(0, popularShelves),
  };
}

function shelvesOf(search: ProductSearch, shelves: Shelves) {
  return search
    .shelves()
    .map(({ slug, title, count }) => ({ slug, title: shelves.describe(slug, title).title, count }));
}

/** `option.Glaze=cobalt&option.Glaze=bone` as a map; the names are the shop's, so no schema can list them. */
function optionFilters(url: string): Map<string, string[]> {
  const filters = new Map<string, string[]>();
  for (const [key, value] of new URL(url, 'http://souk').searchParams) {
    if (!key.startsWith('option.') || value === '') continue;
    const name = key.slice('option.'.length);
    filters.set(name, [...(filters.get(name) ?? []), value]);
  }
  const count = [...filters.values()].reduce((sum, values) => sum + values.length, 0);
  if (count > maxOptionFilters)
    throw new Invalid('too-many-filters', `at most ${maxOptionFilters} option values can be chosen at once`);
  return filters;
}
