import type { Product, ProductList } from '@souk/catalog-api';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openCatalog, type OpenCatalog } from '../testing/open-catalog.ts';

let catalog: OpenCatalog;
beforeEach(async () => {
  catalog = await openCatalog();
});
afterEach(() => catalog.close());

const product = (slug: string) => catalog.get<Product>(`/api/catalog/products/${slug}`);

const current = `Title,URL handle,Description,Vendor,Product category,Tags,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Compare-at price,Inventory quantity,Product image URL,Image alt text
Blue vase,blue-vase,"A vase, ""hand"" thrown",Souk,Home & Garden > Decor > Vases,"blue, clay",TRUE,Active,V-S,Size,Small,19.90,25,4,https://example.com/vase.webp,A vase
,blue-vase,,,,,,,V-L,Size,Large,29.5,,0,,
Stool,stool,Sit,Souk,Stools,,TRUE,Active,ST,Title,Default Title,40,,2,,
`;

const old = `Handle,Title,Body (HTML),Vendor,Type,Tags,Published,Option1 Name,Option1 Value,Option2 Name,Option2 Value,Variant SKU,Variant Inventory Qty,Variant Price,Image Src,Image Alt Text
rug,Rug,<p>Woven &amp; <b>washed</b></p>,Souk,Rugs,wool,true,Size,S,Colour,Red,R-S-R,1,100.00,https://example.com/1.jpg,Front
rug,,,,,,,,M,,Red,R-M-R,2,150.00,https://example.com/2.jpg,
rug,,,,,,,,,,,,,,https://example.com/3.jpg,Detail
`;

describe('a file in the columns of today', () => {
  it('arrives with text, category, options, prices and stock as they stand in it', async () => {
    expect(await catalog.importCsv(current)).toMatchObject({
      done: true,
      rows: 3,
      products: 2,
      published: 2,
      errors: [],
    });
    expect(await product('blue-vase')).toMatchObject({
      title: 'Blue vase',
      description: 'A vase, "hand" thrown',
      category: { slug: 'vases', title: 'Vases' },
      tags: ['blue', 'clay'],
      options: [{ name: 'Size', values: ['Small', 'Large'] }],
      pictures: [{ src: 'https://example.com/vase.webp', alt: 'A vase' }],
      variants: [
        { sku: 'V-S', options: { Size: 'Small' }, priceCents: 1990, compareAtCents: 2500, available: 4 },
        { sku: 'V-L', options: { Size: 'Large' }, priceCents: 2950, available: 0 },
      ],
    });
    expect(await product('stool')).toMatchObject({
      options: [],
      variants: [{ sku: 'ST', options: {}, priceCents: 4000 }],
    });
  });

  it('changes nothing when it is imported again, also after some of it was sold', async () => {
    await catalog.importCsv(current);
    const before = await catalog.channel.lastPosition('catalog');
    expect(await catalog.importCsv(current)).toMatchObject({ published: 0, counted: 0, unchanged: 2 });
    expect(await catalog.channel.lastPosition('catalog')).toBe(before);
  });

  it('changes only what is new in it', async () => {
    await catalog.importCsv(current);
    expect(await catalog.importCsv(current.replace('19.90', '18.00'))).toMatchObject({ published: 1, counted: 0 });
    expect((await product('blue-vase')).variants[0]!.priceCents).toBe(1800);
  });
});

it('new prices for the whole shop arrive, time and again, and each product is found by its words once', async () => {
  const goods = (price: number) => {
    const row = (index: number) => `Bowl ${index},bowl-${index},,Souk,Bowls,,TRUE,Active,B-${index},,,${price},,3,,\n`;
    return `${current.split('\n')[0]}\n${Array.from({ length: 30 }, (_, index) => row(index)).join('')}`;
  };
  for (const price of [10, 11, 12])
    expect(await catalog.importCsv(goods(price))).toMatchObject({ done: true, published: 30 });
  const found = await catalog.get<ProductList>('/api/catalog/products?q=bowl&sort=price-asc');
  expect(found.total).toBe(30);
  expect(found.products[0]?.priceCents).toBe(1200);
});

it('a file in the older columns is read as well, markup becomes text, rows with only a picture add it', async () => {
  expect(await catalog.importCsv(old)).toMatchObject({ rows: 3, products: 1, errors: [] });
  const rug = await product('rug');
  expect(rug.description).toBe('Woven & washed');
  expect(rug.variants.map(({ options }) => options)).toEqual([
    { Size: 'S', Colour: 'Red' },
    { Size: 'M', Colour: 'Red' },
  ]);
  expect(rug.pictures).toHaveLength(3);
});

describe('a bad row', () => {
  const header = 'Title,URL handle,SKU,Option1 name,Option1 value,Price,Inventory quantity\n';
  it.each([
    ['a price that is none', 'Cup,cup,C1,,,cheap,1', 'the price "cheap" is no amount like 12.50'],
    ['a negative price', 'Cup,cup,C1,,,-3,1', 'the price "-3" is no amount like 12.50'],
    ['no price', 'Cup,cup,C1,,,,1', 'the price is missing'],
    ['a negative quantity', 'Cup,cup,C1,,,3,-1', 'the inventory quantity "-1" is no whole number of 0 or more'],
    ['no title', ',cup,C1,,,3,1', 'the title is missing'],
    ['an option without a value', 'Cup,cup,C1,Size,,3,1', 'the value of the option "Size" is missing'],
    ['too many fields', 'Cup,cup,C1,,,3,1,2,3', 'the row has more or fewer fields than the first line'],
    ['a SKU that another product has', 'Cup,cup,G1,,,3,1', 'the SKU "G1" belongs to "good" already'],
  ])('with %s is reported with its line, and the rest goes on', async (_what, row, reason) => {
    const report = await catalog.importCsv(`${header}Good,good,G1,,,1.00,1\n${row}\nLast,last,L1,,,2.00,1\n`);
    expect(report.errors).toEqual([{ line: 3, reason }]);
    expect((await product('last')).title).toBe('Last');
  });

  it('counts its line rightly behind a text of several lines', async () => {
    const report = await catalog.importCsv(`${header}"Go\nod",good,G1,,,1.00,1\nCup,cup,C1,,,no,1\n`);
    expect(report.errors).toEqual([{ line: 4, reason: 'the price "no" is no amount like 12.50' }]);
  });

  it('that begins a product again further down is refused', async () => {
    const rows = 'A,a,A1,,,1,1\nB,b,B1,,,1,1\nA,a,A2,,,1,1\n';
    const { errors } = await catalog.importCsv(header + rows);
    expect(errors).toEqual([{ line: 4, reason: '"a" began on line 2; the rows of one product must stand together' }]);
  });
});

it('a file that is no product file is refused with what would be right', async () => {
  const report = (await catalog.importCsv('name;cost\nCup;3\n')) as unknown as {
    error: { code: string; message: string };
  };
  expect(report.error.code).toBe('not-a-product-file');
  expect(report.error.message).toContain('"Title" and "Price"');
});

it('a shopper may not import', async () => {
  const headers = { 'content-type': 'text/csv' };
  const response = await catalog.fetch('/api/catalog/imports', { method: 'POST', headers, body: current });
  expect(response.status).toBe(403);
});

const retail = join(import.meta.dirname, '../../../../../shared/data/retail-2465-products.csv');
it.runIf(existsSync(retail))('2,465 products of a real shop arrive whole, and again without a change', async () => {
  const file = new Uint8Array(readFileSync(retail));
  expect(await catalog.importCsv(file)).toMatchObject({ rows: 2465, products: 2465, published: 2465, errors: [] });
  expect(await catalog.importCsv(file)).toMatchObject({ published: 0, counted: 0, unchanged: 2465 });
  const list = await catalog.get<ProductList>('/api/catalog/products?q=leather+daypack');
  expect(list.products[0]!.slug).toContain('daypack');
});

it('what cannot be kept is reported with its line, and the rest of the file goes on', async () => {
  const row = (handle: string, sku: string, text = 'Text') =>
    `${handle},${handle},${text},Souk,Rugs,,true,Title,Default Title,,,${sku},1,9.00,,\n`;
  const file = [
    `${old.split('\n')[0]}\n`,
    row('long-sku', 's'.repeat(5000)),
    row('wide-sku', '🫖'.repeat(90)),
    row('too-large', 'L-1', 'x'.repeat(1_100_000)),
    row('fine', 'F-1'),
    // Long enough that the refusal of a product comes while the file is still being read.
    ...Array.from({ length: 100 }, (_, index) => row(`after-${index}`, `A-${index}`, 'y'.repeat(10_000))),
  ].join('');
  const report = await catalog.importCsv(file);
  expect(report).toMatchObject({ done: true, published: 101 });
  expect(report.errors).toEqual([
    { line: 2, reason: expect.stringMatching(/^the SKU "s+…" is too long$/) as string },
    { line: 3, reason: expect.stringMatching(/^the SKU "🫖+…" is too long$/u) as string },
    { line: 4, reason: 'the product is too large: text, variants and pictures come to more than one event may hold' },
  ]);
  expect((await product('fine')).variants).toMatchObject([{ sku: 'F-1', available: 1 }]);
});
