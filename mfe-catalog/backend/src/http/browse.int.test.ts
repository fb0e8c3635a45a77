import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog, type OpenCatalog } from '../testing/open-catalog.ts';
import type { Home, ProductList } from '@souk/catalog-api';

let catalog: OpenCatalog;
beforeAll(async () => {
  catalog = await openCatalog({ seed: true });
});
afterAll(() => catalog.close());

const get = <Body>(path: string): Promise<Body> => catalog.get<Body>(path);

describe('the list of products', () => {
  it('holds the default goods, a page at a time', async () => {
    const first = await get<ProductList>('/api/catalog/products');
    expect(first.total).toBeGreaterThanOrEqual(120);
    expect(first.products).toHaveLength(24);
    const second = await get<ProductList>('/api/catalog/products?page=2');
    expect(second.products[0]!.slug).not.toBe(first.products[0]!.slug);
  });

  it('adds up: the categories count every product once', async () => {
    const { total, facets } = await get<ProductList>('/api/catalog/products');
    expect(facets.categories.reduce((sum, { count }) => sum + count, 0)).toBe(total);
    expect(facets.categories.length).toBeGreaterThanOrEqual(6);
  });

  it('gives for each facet value just the number that choosing it brings', async () => {
    const { facets } = await get<ProductList>('/api/catalog/products?category=zellige');
    for (const { name, values } of facets.options.slice(0, 2))
      for (const { value, count } of values.slice(0, 3)) {
        const query = new URLSearchParams({ category: 'zellige', [`option.${name}`]: value });
        expect((await get<ProductList>(`/api/catalog/products?${query}`)).total, `${name} ${value}`).toBe(count);
      }
  });

  it('is sorted by price when asked, each way', async () => {
    const up = await get<ProductList>('/api/catalog/products?sort=price-asc&pageSize=100');
    const prices = up.products.map(({ priceCents }) => priceCents);
    expect(prices).toEqual(prices.toSorted((a, b) => a - b));
    const down = await get<ProductList>('/api/catalog/products?sort=price-desc&pageSize=1');
    expect(down.products[0]!.priceCents).toBeGreaterThanOrEqual(prices.at(-1)!);
  });

  it('finds by words of title and text, in any form and case, and nothing for nonsense', async () => {
    const lanterns = await get<ProductList>('/api/catalog/products?q=LANTERN');
    expect(lanterns.total).toBeGreaterThan(5);
    expect((await get<ProductList>('/api/catalog/products?q=lanterns')).total).toBe(lanterns.total);
    expect((await get<ProductList>('/api/catalog/products?q=xqzzy')).total).toBe(0);
  });

  it.each(['"', 'a" OR "b', "'; DROP TABLE products; --", '*', 'NEAR(a b)', '()', '%', '\u0000', '🫖'])(
    'takes %j as words, not as an instruction',
    async (q) => {
      expect((await catalog.fetch(`/api/catalog/products?q=${encodeURIComponent(q)}`)).status).toBe(200);
    },
  );

  it.each(['page=0', 'page=x', 'pageSize=1000', 'sort=random', `q=${'a'.repeat(300)}`])(
    'refuses ?%s',
    async (query) => {
      const response = await catalog.fetch(`/api/catalog/products?${query}`);
      expect(response.status).toBe(400);
      expect(response.headers.get('content-type')).toContain('application/problem+json');
    },
  );

  it('answers 304 to a browser that has it already', async () => {
    const etag = (await catalog.fetch('/api/catalog/products')).headers.get('etag')!;
    const again = await catalog.fetch('/api/catalog/products', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });

  it('answers anew to a browser that has it from another start, whose code or log may have been another', async () => {
    const etag = (await catalog.fetch('/api/catalog/home')).headers.get('etag')!;
    const other = await openCatalog({ seed: true });
    try {
      const answer = await other.fetch('/api/catalog/home', { headers: { 'if-none-match': etag } });
      expect(answer.status).toBe(200);
    } finally {
      await other.close();
    }
  });
});

it('the home page has a picture, categories with pictures, and products in stock', async () => {
  const home = await get<Home>('/api/catalog/home');
  expect(home.hero?.width).toBeGreaterThan(1000);
  expect(home.categories.every(({ picture, description }) => picture && description)).toBe(true);
  expect(home.featured).toHaveLength(8);
  expect(home.featured.every(({ available, picture }) => available && picture)).toBe(true);
});

it('every picture that a product names can be fetched, small and for ever', async () => {
  const { featured } = await get<Home>('/api/catalog/home');
  for (const { picture } of featured) {
    const response = await catalog.fetch(picture!.src);
    expect(response.headers.get('cache-control')).toContain('immutable');
    expect((await response.arrayBuffer()).byteLength).toBeLessThan(60_000);
  }
});

it.each([
  '/api/catalog/pictures/nothing.webp',
  '/api/catalog/pictures/..%2F..%2Fpackage.json',
  '/api/catalog/products/no',
])('%s is 404', async (path) => {
  expect((await catalog.fetch(path)).status).toBe(404);
});

it('suggestions begin with what was typed', async () => {
  const { suggestions } = await get<{ suggestions: { title: string }[] }>('/api/catalog/suggestions?q=kil');
  expect(suggestions.length).toBeGreaterThan(0);
  expect(suggestions.length).toBeLessThanOrEqual(6);
});

it('names every page that is worth finding, each once', async () => {
  const { parts, paths } = await get<{ parts: number; paths: string[] }>('/api/catalog/sitemap');
  const { total } = await get<ProductList>('/api/catalog/products');
  expect(parts).toBe(1);
  expect(paths.filter((path) => path.startsWith('/p/'))).toHaveLength(total);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toEqual(expect.arrayContaining(['/', '/c/zellige']));
  expect((await get<{ paths: string[] }>('/api/catalog/sitemap?part=2')).paths).toEqual([]);
});
