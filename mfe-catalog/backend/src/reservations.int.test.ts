import type { Product } from '@souk/catalog-api';
import { given } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCatalog, type OpenCatalog } from './testing/open-catalog.ts';

let catalog: OpenCatalog;
beforeEach(async () => {
  catalog = await openCatalog();
  await catalog.importCsv('Title,URL handle,SKU,Price,Inventory quantity\nVase,vase,V,10,3\n');
});
afterEach(() => catalog.close());

const available = async () => (await catalog.get<Product>('/api/catalog/products/vase')).variants[0]!.available;

const request = (orderId: string, quantity: number) =>
  given(catalog.channel, subjects.saga(orderId), [
    { type: 'cart.stock-requested.v1', data: { orderId, lines: [{ sku: 'V', quantity }] } },
  ]);

/** Waits for the n-th answer to an order. */
const answer = async (orderId: string, n = 1) => {
  let seen = 0;
  for await (const { event } of catalog.channel.tail(subjects.reservation(orderId), 1)) if (++seen === n) return event;
  throw new Error('the channel closed');
};

it('stock that is there is set aside and counts at once', async () => {
  await request('o_1', 2);
  expect((await answer('o_1')).type).toBe('catalog.stock-reserved.v1');
  await catalog.ready();
  expect(await available()).toBe(1);
});

it('an order that wants more than is left is told what is left', async () => {
  await request('o_1', 2);
  await request('o_2', 2);
  const { type, data } = await answer('o_2');
  expect(type).toBe('catalog.stock-rejected.v1');
  expect(data).toMatchObject({ shortages: [{ sku: 'V', wanted: 2, available: 1 }] });
});

it('of ten orders at once only as many are served as there are pieces', async () => {
  const orders = Array.from({ length: 10 }, (_, index) => `o_${index}`);
  await Promise.all(orders.map((orderId) => request(orderId, 1)));
  const answers = await Promise.all(orders.map((orderId) => answer(orderId)));
  expect(answers.filter(({ type }) => type === 'catalog.stock-reserved.v1')).toHaveLength(3);
  await catalog.ready();
  expect(await available()).toBe(0);
});

it('an order that asks twice has its stock taken once', async () => {
  await request('o_1', 1);
  await request('o_1', 1);
  await request('o_2', 1);
  await answer('o_2');
  await catalog.ready();
  expect(await available()).toBe(1);
});

it('what is released can be bought again, and only once', async () => {
  await request('o_1', 3);
  await answer('o_1');
  const release = { type: 'cart.stock-release-requested.v1', data: { orderId: 'o_1' } };
  await given(catalog.channel, subjects.saga('o_1'), [release, release]);
  expect((await answer('o_1', 2)).type).toBe('catalog.stock-released.v1');
  await request('o_2', 3);
  expect((await answer('o_2')).type).toBe('catalog.stock-reserved.v1');
  await catalog.ready();
  expect(await available()).toBe(0);
});
