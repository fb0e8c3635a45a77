/**
 * `npm run bench -- search`: search, facets and suggestions over 100,000 products, over HTTP to a backend with its whole log
 * and read model. `CATALOGUE_CSV` names a product file whose words are used.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Product, ProductList } from '@souk/catalog-api';
import { createCatalogBackend } from '@souk/catalog-backend';
import { memoryChannel } from '@souk/event-channel/memory';
import { cloudEvent } from '@souk/service-kit';
import { serve, testLog, TEST_SECRET } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import type { Row } from '../row.ts';
import { productMaker, randomFrom, readModels, type GeneratedProduct, type ModelProduct } from './goods.ts';

const count = 100_000;
const questions = 500;

/** The figures, each against what it must not exceed. */
export async function run(): Promise<readonly Row[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  const channel = memoryChannel();
  const file = process.env.CATALOGUE_CSV;
  const make = productMaker(file ? await readModels(file) : await ownGoods());
  const titles: string[] = [];
  const options = { channel, dataDir, log: testLog, sessionSecret: TEST_SECRET };
  let backend = await createCatalogBackend(options);
  try {
    await fill();
    const heapBefore = heapBytes();
    await backend.close();
    const begun = performance.now();
    backend = await createCatalogBackend(options);
    await backend.ready();
    const startMs = performance.now() - begun;
    const server = await serve(backend);
    const rows = await measure((path) => server.fetch(path));
    await server.close();
    return [
      ...rows,
      told('index of all of it in memory', `${((heapBytes() - heapBefore) / 2 ** 20).toFixed(0)} MB more than before`),
      told('start of the backend with the read model there, index included', `${(startMs / 1000).toFixed(1)} s`),
    ];
  } finally {
    await backend.close();
    await channel.close();
    rmSync(dataDir, { recursive: true, force: true });
  }

  async function fill(): Promise<void> {
    for (let n = 0; n < count; n += 500) {
      await Promise.all(
        Array.from({ length: Math.min(500, count - n) }, (_, index) => publish(make(n + index), n + index)),
      );
      await backend.ready();
    }
  }

  async function publish(product: GeneratedProduct, n: number): Promise<void> {
    titles.push(product.title);
    const event = (type: string, data: object) => [cloudEvent({ type, source: '/catalog', data })];
    const sku = `G-${n}`;
    await channel.append(subjects.product(product.slug), event('catalog.product-published.v1', product), {
      expect: 'any',
    });
    const counted = event('catalog.stock-counted.v1', { sku, quantity: n % 10 });
    await channel.append(subjects.stock(sku), counted, { expect: 'any' });
  }

  async function measure(fetch: (path: string) => Promise<Response>): Promise<Row[]> {
    const random = randomFrom(1);
    const words = () => (titles[Math.floor(random() * titles.length)] ?? '').toLowerCase().split(' ');
    const word = () => words().find((each) => /^[a-z]{5,}$/.test(each)) ?? 'lantern';
    const one = () => `q=${word()}`;
    const two = () => `q=${words().slice(2, 4).map(encodeURIComponent).join('+')}`;
    const broad = () => `q=${word().slice(0, 2)}`;
    const filtered = () => `q=${word()}&option.Colour=Cobalt&option.Colour=Olive&inStock=1&minPrice=10&sort=price-asc`;
    const wrong = () => `q=${mistyped(words()[2] ?? 'lantern', random)}`;
    const sorts = ['relevance', 'price-asc', 'price-desc', 'title', 'newest'];
    let turn = 0;
    const everything = () => `sort=${sorts[turn++ % sorts.length]}&page=${1 + (turn % 50)}`;

    const timesOf = async (query: () => string, path = '/api/catalog/products'): Promise<number[]> => {
      const times: number[] = [];
      for (let index = -20; index < questions; index++) {
        const address = `${path}?${query()}`;
        const begun = performance.now();
        const answer = await fetch(address);
        await answer.text();
        if (answer.status !== 200) throw new Error(`${address}: ${answer.status}`);
        if (index >= 0) times.push(performance.now() - begun);
      }
      return times;
    };
    const asSearched = (turns: (() => string)[]) => () => turns[Math.floor(random() * turns.length)]!();
    return [
      row(
        'search with facets, as shoppers do it, over HTTP',
        await timesOf(asSearched([one, one, two, filtered, broad])),
        20,
      ),
      row('one word', await timesOf(one), 20),
      row('two letters, which thousands of words begin with', await timesOf(broad), 20),
      row('a word, four filters, by price', await timesOf(filtered), 20),
      row('all products with all facets, in any order', await timesOf(everything), 20),
      row('a word with one typing error', await timesOf(wrong), 30),
      row('suggestions after two letters', await timesOf(broad, '/api/catalog/suggestions'), 20),
    ];
  }
}

/** What the shop sells when nothing else is put into it. */
async function ownGoods(): Promise<readonly ModelProduct[]> {
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  const channel = memoryChannel();
  const backend = await createCatalogBackend({
    channel,
    dataDir,
    log: testLog,
    sessionSecret: TEST_SECRET,
    seed: true,
  });
  await backend.ready();
  const server = await serve(backend);
  const get = async <Body>(path: string) => (await server.fetch(path)).json() as Body;
  const pages = await Promise.all(
    [1, 2].map((page) => get<ProductList>(`/api/catalog/products?pageSize=60&page=${page}`)),
  );
  const slugs = pages.flatMap(({ products }) => products.map(({ slug }) => slug));
  const products = await Promise.all(slugs.map((slug) => get<Product>(`/api/catalog/products/${slug}`)));
  await server.close();
  await backend.close();
  await channel.close();
  rmSync(dataDir, { recursive: true, force: true });
  return products.map(({ title, description, category }) => ({ title, text: description, category: category.title }));
}

/** The word with one letter left out, doubled, replaced, or swapped with the next. */
function mistyped(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, after] = [word.slice(0, at), word.slice(at)];
  const kinds = [before + after.slice(1), before + after[0]! + after, `${before}x${after.slice(1)}`];
  return [...kinds, before + after[1]! + after[0]! + after.slice(2)][Math.floor(random() * 4)]!.toLowerCase();
}

function row(figure: string, times: readonly number[], atMost: number): Row {
  const [p50, p99] = [percentile(times, 50), percentile(times, 99)];
  const measured = `p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`;
  return { figure, measured, baseline: '', ratio: '', reach: `p99 under ${atMost} ms`, reached: p99 < atMost };
}

function told(figure: string, measured: string): Row {
  return { figure, measured, baseline: '', ratio: '', reach: '', reached: true };
}

function heapBytes(): number {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

function percentile(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100))] ?? Infinity;
}
