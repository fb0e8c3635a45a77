import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { colourKey } from './good.ts';
import { palette } from './drawing/palette.ts';
import { categories, goods } from './index.ts';
import { readPictures } from './picture-list.ts';
import { pictureOrders, svgHash } from './pictures.ts';

const repeated = (values: readonly string[]): string[] => values.filter((value, at) => values.indexOf(value) !== at);

describe('the goods of the default shop', () => {
  it('are at least 120 products in at least 6 categories, none of them empty', () => {
    expect(goods.length).toBeGreaterThanOrEqual(120);
    expect(categories.length).toBeGreaterThanOrEqual(6);
    expect(new Set(goods.map(({ category }) => category))).toEqual(new Set(categories.map(({ slug }) => slug)));
  });

  it('have unique slugs, titles, descriptions, alt texts and SKUs', () => {
    expect(repeated(goods.map(({ slug }) => slug))).toEqual([]);
    expect(repeated(goods.map(({ title }) => title))).toEqual([]);
    expect(repeated(goods.map(({ description }) => description))).toEqual([]);
    expect(repeated(goods.map(({ alt }) => alt))).toEqual([]);
    expect(repeated(goods.flatMap(({ variants }) => variants.map(({ sku }) => sku)))).toEqual([]);
  });

  it('do not repeat a sentence from one description in another', () => {
    expect(repeated(goods.flatMap(({ description }) => description.split(/(?<=[.?!]) /)))).toEqual([]);
  });

  it.each(goods.map((good) => [good.slug, good] as const))('%s is fit to be sold', (_slug, good) => {
    expect(good.slug).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(good.description.length).toBeGreaterThanOrEqual(80);
    expect(good.description.length).toBeLessThanOrEqual(600);
    expect(good.alt).not.toBe('');
    expect(good.details.length).toBeGreaterThan(0);
    expect(good.tags.length).toBeGreaterThan(0);
    expect(good.options.length).toBeGreaterThan(0);
    expect(good.variants.length).toBe(good.options.reduce((count, { values }) => count * values.length, 1));
    for (const { sku, options, priceCents, stock } of good.variants) {
      expect(sku).toMatch(/^[A-Z]{3}(-[A-Z0-9]+)+$/);
      expect(Object.keys(options)).toEqual(good.options.map(({ name }) => name));
      expect(priceCents).toSatisfy((cents: number) => Number.isSafeInteger(cents) && cents >= 200);
      expect(stock).toSatisfy((pieces: number) => Number.isSafeInteger(pieces) && pieces >= 0);
    }
  });

  it('that have a picture for each value of an option name it by colours of the palette, the first being drawn', () => {
    for (const { slug, options, picturedOption, drawing } of goods) {
      if (picturedOption === undefined) continue;
      const values = options.find(({ name }) => name === picturedOption)?.values ?? [];
      expect(values, slug).not.toEqual([]);
      expect(colourKey(values[0] ?? ''), slug).toBe(drawing.colours[0]);
      for (const value of values) expect(palette, slug).toHaveProperty([colourKey(value)]);
    }
  });

  it('are in part scarce or sold out, as in a real shop', () => {
    const stocks = goods.flatMap(({ variants }) => variants.map(({ stock }) => stock));
    expect(stocks.filter((stock) => stock === 0).length).toBeGreaterThan(20);
    expect(stocks.filter((stock) => stock >= 1 && stock <= 3).length).toBeGreaterThan(20);
    expect(goods.some(({ variants }) => variants.every(({ stock }) => stock === 0))).toBe(true);
  });
});

describe('the pictures of the goods', () => {
  const pictures = readPictures();
  const folder = new URL('pictures/', import.meta.url);

  it('are there, in both sizes and with the recorded bytes, and none besides', () => {
    const files = Object.values(pictures).flatMap((picture) => picture.files);
    for (const { file, bytes } of files) expect(readFileSync(new URL(file, folder)).length, file).toBe(bytes);
    expect(readdirSync(folder).sort()).toEqual(files.map(({ file }) => file).sort());
    expect(files.reduce((sum, { bytes }) => sum + bytes, 0)).toBeLessThan(6 * 1024 * 1024);
  });

  it('exist for each product, category and pictured option value, with an alt text and a placeholder colour', () => {
    expect(Object.keys(pictures)).toEqual(pictureOrders().map(({ name }) => name));
    for (const order of pictureOrders()) {
      expect(pictures[order.name]?.alt).toBe(order.alt);
      expect(pictures[order.name]?.colour).toMatch(/^#[0-9a-f]{6}$/);
      expect(pictures[order.name]?.files.map(({ width, height }) => [width, height])).toEqual([
        [order.width, order.height],
        [order.width / 2, order.height / 2],
      ]);
    }
    for (const { picture } of categories) expect(pictures).toHaveProperty([picture]);
  });

  it('were drawn by the code as it is now', () => {
    expect(
      pictureOrders()
        .filter(({ name, draw }) => pictures[name]?.svg !== svgHash(draw()))
        .map(({ name }) => name),
    ).toEqual([]);
  }, 60_000);
});
