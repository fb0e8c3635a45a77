/** The catalogue's backend as `msw` handlers over plain memory: for the playground and for component tests. */
import type { Home, Product, ProductCard, ProductList } from '@souk/catalog-api';
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
        answered(request, () => products.find(({ slug }) => slug === params['slug'])),
      ),
      http.get('*/api/catalog/pictures/:file', ({ params }) =>
        HttpResponse.text(drawing(String(params['file'])), { headers: { 'content-type': 'image/svg+xml' } }),
      ),
    ],
  };
  return backend;
}

function problem(status: number, code: string): Response {
  return HttpResponse.json({ code, status }, { status, headers: { 'content-type': 'application/problem+json' } });
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
  const shelf = shelves.find(({ slug }) => slug === query.get('category'));
  if (query.has('category') && !shelf) return undefined;
  const words = (query.get('q') ?? '').toLowerCase().split(/\s+/);
  const wanted = [...new Set(query.keys())].filter((name) => name.startsWith('option.'));
  const found = all
    .filter(({ title, category }) => words.every((word) => `${title} ${category.title}`.toLowerCase().includes(word)))
    .filter(({ category }) => !shelf || category.slug === shelf.slug)
    .filter(({ variants }) =>
      variants.some(({ options }) => wanted.every((name) => query.getAll(name).includes(options[name.slice(7)] ?? ''))),
    );
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
    products: cards.slice((page - 1) * pageSize, page * pageSize),
    facets: facetsOf(found),
  };
}

function facetsOf(found: readonly Product[]): ProductList['facets'] {
  const options = new Map<string, Map<string, number>>();
  for (const { name, values } of found.flatMap((product) => product.options)) {
    const counts = options.get(name) ?? new Map<string, number>();
    for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
    options.set(name, counts);
  }
  return {
    categories: shelves
      .map(({ slug, title }) => ({ slug, title, count: found.filter(({ category }) => category.slug === slug).length }))
      .filter(({ count }) => count > 0),
    options: [...options].map(([name, counts]) => ({
      name,
      values: [...counts].map(([value, count]) => ({ value, count })),
    })),
  };
}
