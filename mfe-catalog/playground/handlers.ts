/** The catalogue's backend as `msw` handlers over plain memory: for the playground and for component tests. */
import type { Home, Product, ProductCard, ProductList, Suggestions } from '@souk/catalog-api';
import { http, HttpResponse } from 'msw/http';
import { pictureOf, products as playgroundProducts, shelves } from './goods.ts';
import { drawing } from './drawing.ts';

/** How the backend behaves. */
export type Mood = 'well' | 'slow' | 'silent' | 'failing' | 'unreachable';

/** The backend, and what a test or the playground may do to it. */
export interface MockBackend {
  readonly handlers: ReturnType<typeof http.get>[];
  /** API paths asked for, in order, repeated ones too. */
  readonly asked: string[];
  /** From the next question on. */
  mood: Mood;
  /** Waits for this before it answers. */
  gate: Promise<unknown> | undefined;
}

/** Opens the mocked backend. */
export function mockBackend(products: readonly Product[] = playgroundProducts): MockBackend {
  const asked: string[] = [];

  const answered = async (request: Request, find: (address: URL) => object | undefined): Promise<Response> => {
    const address = new URL(request.url);
    asked.push(address.pathname + address.search);
    await backend.gate;
    if (backend.mood === 'silent') await new Promise(() => {});
    if (backend.mood === 'slow') await new Promise((resolve) => setTimeout(resolve, 2500));
    if (backend.mood === 'unreachable') return HttpResponse.error();
    if (backend.mood === 'failing') return problem(503, 'unavailable');
    const found = find(address);
    return found ? HttpResponse.json(found) : problem(404, 'not-found');
  };

  const backend: MockBackend = {
    asked,
    mood: 'well',
    gate: undefined,
    handlers: [
      http.get('*/api/catalog/home', ({ request }) => answered(request, () => homeOf(products))),
      http.get('*/api/catalog/products', ({ request }) => answered(request, (address) => listOf(products, address))),
      http.get('*/api/catalog/products/:slug', ({ request, params }) =>
        params['slug'] === formerSlug
          ? problem(410, 'former-product', { product: { title: 'Old lantern', category: shelves[2] } })
          : answered(request, () => productOf(products, String(params['slug']))),
      ),
      http.get('*/api/catalog/suggestions', ({ request }) =>
        answered(request, (address) => suggestionsFor(products, address.searchParams.get('q') ?? '')),
      ),
      http.get('*/api/catalog/pictures/:file', ({ params }) =>
        HttpResponse.text(drawing(String(params['file'])), { headers: { 'content-type': 'image/svg+xml' } }),
      ),
    ],
  };
  return backend;
}

/** Slug of a product that was sold once. */
export const formerSlug = 'old-lantern';

function problem(status: number, code: string, details: object = {}): Response {
  const headers = { 'content-type': 'application/problem+json' };
  return HttpResponse.json({ code, status, ...details }, { status, headers });
}

function productOf(products: readonly Product[], wanted: string): Product | undefined {
  const product = products.find(({ slug }) => slug === wanted);
  if (!product) return undefined;
  const similar = products.filter((each) => each.category.slug === product.category.slug && each !== product);
  const together = product.slug === 'fassi-lantern' ? products.filter(({ slug }) => slug === 'safi-bowl') : [];
  return { ...product, related: { together: together.map(cardOf), similar: similar.slice(0, 4).map(cardOf) } };
}

/** One typing error is known here. */
const correctedTo = (words: string): string | undefined => (words === 'latnern' ? 'lantern' : undefined);

function suggestionsFor(products: readonly Product[], typed: string): Suggestions {
  const corrected = correctedTo(typed.toLowerCase());
  const q = (corrected ?? typed).toLowerCase();
  const fits = (title: string) => q !== '' && title.toLowerCase().includes(q);
  const found = products.filter(({ title, category }) => fits(`${title} ${category.title}`));
  return {
    ...(corrected === undefined ? {} : { correctedTo: corrected }),
    shelves: countedShelves(products).filter(({ title }) => fits(title)),
    products: found.slice(0, 6).map(cardOf),
    total: found.length,
  };
}

function countedShelves(products: readonly Product[]): { slug: string; title: string; count: number }[] {
  return shelves
    .map(({ slug, title }) => ({ slug, title, count: products.filter((each) => each.category.slug === slug).length }))
    .filter(({ count }) => count > 0);
}

function homeOf(products: readonly Product[]): Home {
  return {
    hero: pictureOf('hero', 'A courtyard full of goods', 1600, 1000),
    categories: shelves.map((shelf) => ({
      ...shelf,
      count: products.filter(({ category }) => category.slug === shelf.slug).length,
      picture: pictureOf(shelf.slug, shelf.title, 1200, 600),
    })),
    featured: products.slice(0, 8).map(cardOf),
  };
}

function cardOf({ slug, title, category, variants, pictures }: Product): ProductCard {
  const prices = variants.map(({ priceCents }) => priceCents);
  const pieces = variants.reduce((sum, { available }) => sum + available, 0);
  return {
    slug,
    title,
    category,
    priceCents: Math.min(...prices),
    priceToCents: Math.max(...prices),
    currency: 'EUR',
    picture: pictures[0],
    available: pieces > 0,
    lowStock: pieces > 0 && pieces <= 3,
  };
}

function listOf(all: readonly Product[], { searchParams: query }: URL): ProductList | undefined {
  const asked = query.getAll('category');
  const shelf = asked.length === 1 ? shelves.find(({ slug }) => slug === asked[0]) : undefined;
  if (asked.length === 1 && !shelf) return undefined;
  const q = (query.get('q') ?? '').toLowerCase();
  const corrected = correctedTo(q);
  const words = (corrected ?? q).split(/\s+/);
  const inWords = all.filter(({ title, category }) =>
    words.every((word) => `${title} ${category.title}`.toLowerCase().includes(word)),
  );
  const choices = choicesOf(query);
  const found = inWords.filter((product) => choices.every(({ passes }) => passes(product)));
  const others = (filter: string) =>
    inWords.filter((product) => choices.every((choice) => choice.filter === filter || choice.passes(product)));
  const cards = found.map(cardOf);
  const sort = query.get('sort');
  if (sort === 'title') cards.sort((a, b) => a.title.localeCompare(b.title));
  if (sort === 'price-asc') cards.sort((a, b) => a.priceCents - b.priceCents);
  if (sort === 'price-desc') cards.sort((a, b) => b.priceCents - a.priceCents);
  const page = Number(query.get('page') ?? 1);
  const pageSize = 24;
  return {
    total: cards.length,
    page,
    pageSize,
    category: shelf,
    ...(corrected === undefined ? {} : { correctedTo: corrected }),
    products: cards.slice((page - 1) * pageSize, page * pageSize),
    facets: facetsOf(found, others),
    ...(cards.length === 0
      ? {
          help: {
            without: choices
              .map(({ filter }) => ({ filter, count: others(filter).length }))
              .filter(({ count }) => count > 0),
            words: [],
            shelves: countedShelves(all),
          },
        }
      : {}),
  };
}

interface Choice {
  readonly filter: string;
  readonly passes: (product: Product) => boolean;
}

function choicesOf(query: URLSearchParams): readonly Choice[] {
  const lowest = (product: Product) => cardOf(product).priceCents / 100;
  const choices: Choice[] = [];
  if (query.has('category'))
    choices.push({ filter: 'category', passes: ({ category }) => query.getAll('category').includes(category.slug) });
  if (query.has('vendor'))
    choices.push({ filter: 'vendor', passes: ({ vendor }) => query.getAll('vendor').includes(vendor) });
  const [min, max] = [Number(query.get('minPrice') ?? 0), Number(query.get('maxPrice') ?? Infinity)];
  if (query.has('minPrice') || query.has('maxPrice'))
    choices.push({ filter: 'price', passes: (product) => lowest(product) >= min && lowest(product) <= max });
  if (query.has('inStock')) choices.push({ filter: 'inStock', passes: (product) => cardOf(product).available });
  for (const name of new Set(query.keys()))
    if (name.startsWith('option.'))
      choices.push({
        filter: name,
        passes: ({ variants }) =>
          variants.some(({ options }) => query.getAll(name).includes(options[name.slice(7)] ?? '')),
      });
  return choices;
}

function facetsOf(found: readonly Product[], without: (filter: string) => readonly Product[]): ProductList['facets'] {
  const names = new Set(found.flatMap((product) => product.options.map(({ name }) => name)));
  const prices = without('price').map((product) => cardOf(product).priceCents);
  const vendors = without('vendor');
  return {
    categories: countedShelves(without('category')),
    vendors: [...new Set(vendors.map(({ vendor }) => vendor))].map((value) => ({
      value,
      count: vendors.filter(({ vendor }) => vendor === value).length,
    })),
    prices: [
      { fromCents: 0, toCents: 49_99, count: prices.filter((price) => price < 50_00).length },
      { fromCents: 50_00, count: prices.filter((price) => price >= 50_00).length },
    ].filter(({ count }) => count > 0),
    inStock: without('inStock').filter((product) => cardOf(product).available).length,
    options: [...names].map((name) => ({ name, values: optionValues(without(`option.${name}`), name) })),
  };
}

function optionValues(products: readonly Product[], name: string): { value: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const option of products.flatMap((product) => product.options))
    if (option.name === name) for (const value of option.values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => ({ value, count }));
}
