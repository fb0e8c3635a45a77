import { cloudEvent } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCatalog, type OpenCatalog } from '../testing/open-catalog.ts';
import type { Home, Product, ProductList, Suggestions } from '@souk/catalog-api';

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

describe('suggestions', () => {
  const suggest = (q: string) => get<Suggestions>(`/api/catalog/suggestions?q=${encodeURIComponent(q)}`);

  it('are products and shelves that begin with what was typed', async () => {
    const { products, shelves, total } = await suggest('kil');
    expect(products).toHaveLength(6);
    expect(shelves.map(({ slug }) => slug)).toEqual(['kilims']);
    expect(total).toBe((await get<ProductList>('/api/catalog/products?q=kil')).total);
  });

  it('are those of the nearest words when nobody knows the words typed', async () => {
    const { correctedTo, products } = await suggest('latnern');
    expect(correctedTo).toBe('lantern');
    expect(products.length).toBeGreaterThan(0);
  });

  it('are none where no word was typed', async () => {
    expect(await suggest(' * ')).toEqual({ shelves: [], products: [], total: 0 });
  });
});

describe('a search', () => {
  it('with a typing error shows what was meant, and says so', async () => {
    const { total, correctedTo } = await get<ProductList>('/api/catalog/products?q=latnern');
    expect(correctedTo).toBe('lantern');
    expect(total).toBe((await get<ProductList>('/api/catalog/products?q=lantern')).total);
  });

  it('corrects nothing when what was typed is found', async () => {
    expect((await get<ProductList>('/api/catalog/products?q=lantern')).correctedTo).toBeUndefined();
  });

  it('that finds nothing says which choice to take back, which words are known, and which shelves are full', async () => {
    const { help, total } = await get<ProductList>('/api/catalog/products?q=kilim&maxPrice=1&inStock=1');
    expect(total).toBe(0);
    expect(help!.without.map(({ filter }) => filter)).toEqual(['price']);
    expect(help!.without[0]!.count).toBeGreaterThan(0);
    expect(help!.shelves.length).toBeGreaterThan(3);
    const apart = await get<ProductList>('/api/catalog/products?q=bejmat+cumin');
    expect(apart.help!.words.map(({ word }) => word)).toEqual(['bejmat', 'cumin']);
  });

  it('narrows down by several shelves, by price and by stock', async () => {
    const list = await get<ProductList>(
      '/api/catalog/products?category=kilims&category=spices&minPrice=5&maxPrice=60.5&inStock=1&pageSize=100',
    );
    expect(list.total).toBe(list.products.length);
    expect(new Set(list.products.map(({ category }) => category.slug))).toEqual(new Set(['kilims', 'spices']));
    expect(list.products.every(({ priceCents }) => priceCents >= 500 && priceCents <= 6050)).toBe(true);
    expect(list.products.every(({ available }) => available)).toBe(true);
  });

  it.each(['relevance', 'price-asc', 'price-desc', 'title', 'newest'])(
    'by %s has each product on just one of its pages',
    async (sort) => {
      const slugs: string[] = [];
      const { total } = await get<ProductList>(`/api/catalog/products?q=a&sort=${sort}`);
      for (let page = 1; slugs.length < total; page++) {
        const { products } = await get<ProductList>(`/api/catalog/products?q=a&sort=${sort}&pageSize=37&page=${page}`);
        slugs.push(...products.map(({ slug }) => slug));
      }
      expect(new Set(slugs).size).toBe(total);
    },
  );
});

describe('one product', () => {
  const csv = 'Title,URL handle,SKU,Price,Inventory quantity,Product category,Status\n';

  it('has others of its shelf beside it, the nearest price first', async () => {
    const { related, category, variants } = await get<Product>('/api/catalog/products/beldi-glass');
    expect(related.together).toEqual([]);
    expect(related.similar).toHaveLength(4);
    expect(related.similar.every((card) => card.category.slug === category.slug && card.available)).toBe(true);
    const lowest = Math.min(...variants.map(({ priceCents }) => priceCents));
    const apart = related.similar.map(({ priceCents }) => Math.abs(priceCents - lowest));
    expect(apart).toEqual(apart.toSorted((a, b) => a - b));
  });

  it('is gone, not unknown, once it is sold no more, and is found no more', async () => {
    const other = await openCatalog();
    try {
      await other.importCsv(`${csv}Vase,vase,V,10,3,Vases,active\n`);
      expect((await other.get<ProductList>('/api/catalog/products?q=vase')).total).toBe(1);
      await other.importCsv(`${csv}Vase,vase,V,10,3,Vases,archived\n`);
      const answer = await other.fetch('/api/catalog/products/vase');
      expect(answer.status).toBe(410);
      expect(await answer.json()).toMatchObject({
        code: 'former-product',
        title: 'Gone',
        product: { title: 'Vase', category: { slug: 'vases', title: 'Vases' } },
      });
      expect((await other.get<ProductList>('/api/catalog/products?q=vase')).total).toBe(0);
    } finally {
      await other.close();
    }
  });

  it('is shown with what was ordered with it, as long as those orders stand', async () => {
    const other = await openCatalog();
    const told = async (type: string, orderId: string, skus: readonly string[]) => {
      const data = { orderId, lines: skus.map((sku) => ({ sku, quantity: 1 })) };
      const event = cloudEvent({ type, source: '/catalog', data });
      await other.channel.append(subjects.reservation(orderId), [event], { expect: 'any' });
    };
    const together = async () => {
      await other.ready();
      const { related } = await other.get<Product>('/api/catalog/products/vase');
      return [related.together, related.similar].map((cards) => cards.map(({ slug }) => slug));
    };
    try {
      const rows = ['Vase,vase,V', 'Bowl,bowl,B', 'Cup,cup,C'].map((row) => `${row},10,30,Clay,active`);
      await other.importCsv(csv + rows.join('\n'));
      await told('catalog.stock-reserved.v1', 'o1', ['V', 'B']);
      expect(await together(), 'one order may be chance').toEqual([[], ['bowl', 'cup']]);
      await told('catalog.stock-reserved.v1', 'o2', ['B', 'V', 'V']);
      expect(await together()).toEqual([['bowl'], ['cup']]);
      await told('catalog.stock-released.v1', 'o2', ['B', 'V', 'V']);
      expect(await together()).toEqual([[], ['bowl', 'cup']]);
    } finally {
      await other.close();
    }
  });
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
