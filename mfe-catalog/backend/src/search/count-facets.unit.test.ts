import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countFacets, type Choices } from './count-facets.ts';
import { goodsColumns, type GoodsRow } from './goods-columns.ts';

const shelf = fc.constantFrom('tiles', 'kilims', 'bowls');
const vendor = fc.constantFrom('Fez', 'Safi');
const option = fc.constantFrom('Glaze', 'Size');
const value = fc.constantFrom('a', 'b', 'c');

const good = fc.record({
  ...{ category: shelf.map((slug) => ({ slug, title: slug.toUpperCase() })), vendor },
  priceCents: fc.integer({ min: 0, max: 60_000 }),
  isSold: fc.boolean(),
  isInStock: fc.boolean(),
  options: fc.uniqueArray(fc.record({ name: option, values: fc.uniqueArray(value, { minLength: 1 }) }), {
    selector: ({ name }) => name,
  }),
});
const goods = fc.array(good, { maxLength: 40 }).map((all) => all.map((each, id) => ({ ...each, id, title: `n${id}` })));

const choices: fc.Arbitrary<Choices> = fc.record({
  categories: fc.uniqueArray(shelf),
  vendors: fc.uniqueArray(vendor),
  options: fc
    .dictionary(option, fc.uniqueArray(value, { minLength: 1 }))
    .map((chosen) => new Map(Object.entries(chosen))),
  minCents: fc.option(fc.nat(60_000), { nil: undefined }),
  maxCents: fc.option(fc.nat(60_000), { nil: undefined }),
  onlyInStock: fc.boolean(),
});

/** The same by the plainest means: one look at one product. */
function passes(product: GoodsRow, chosen: Choices): boolean {
  const isOneOf = (all: readonly string[], own: string) => all.length === 0 || all.includes(own);
  const hasOptions = [...chosen.options].every(([name, values]) =>
    product.options.some((each) => each.name === name && each.values.some((own) => values.includes(own))),
  );
  return (
    product.isSold &&
    isOneOf(chosen.categories, product.category.slug) &&
    isOneOf(chosen.vendors, product.vendor) &&
    product.priceCents >= (chosen.minCents ?? 0) &&
    product.priceCents <= (chosen.maxCents ?? Infinity) &&
    (!chosen.onlyInStock || product.isInStock) &&
    hasOptions
  );
}

const columnsOf = (rows: readonly GoodsRow[]) => {
  const columns = goodsColumns();
  for (const row of rows) columns.add(row);
  return columns;
};

it('every count is the number that choosing it brings, whatever else is chosen', () => {
  fc.assert(
    fc.property(goods, choices, (rows, chosen) => {
      const { places, facets, without } = countFacets(columnsOf(rows), undefined, chosen);
      const count = (other: Partial<Choices>) => rows.filter((row) => passes(row, { ...chosen, ...other })).length;
      const optionOf = (name: string, values: readonly string[] | undefined) => {
        const others = [...chosen.options].filter(([own]) => own !== name);
        return { options: new Map(values ? [...others, [name, values] as const] : others) };
      };

      expect([...places]).toEqual(rows.filter((row) => passes(row, chosen)).map(({ id }) => id));
      for (const { slug, count: told } of facets.categories) expect(told).toBe(count({ categories: [slug] }));
      for (const { value: name, count: told } of facets.vendors) expect(told).toBe(count({ vendors: [name] }));
      expect(facets.inStock).toBe(count({ onlyInStock: true }));
      for (const { name, values } of facets.options)
        for (const { value: own, count: told } of values) expect(told).toBe(count(optionOf(name, [own])));
      for (const { fromCents, toCents, count: told } of facets.prices)
        expect(told).toBe(count({ minCents: fromCents, maxCents: toCents }));

      const anyPrice = { minCents: undefined, maxCents: undefined };
      const sum = (all: readonly { readonly count: number }[]) => all.reduce((total, each) => total + each.count, 0);
      expect(sum(facets.prices), 'each product in one range').toBe(count(anyPrice));
      expect(sum(facets.categories), 'each product on one shelf').toBe(count({ categories: [] }));
      expect(without.get('price')).toBe(count(anyPrice));
      expect(without.get('category')).toBe(count({ categories: [] }));
      for (const name of chosen.options.keys())
        expect(without.get(`option.${name}`)).toBe(count(optionOf(name, undefined)));
    }),
  );
});

it('tells what is chosen even where it counts nothing, so that it can be taken back', () => {
  const row = { id: 0, title: 'Bowl', category: { slug: 'bowls', title: 'Bowls' }, vendor: 'Fez', priceCents: 100 };
  const columns = columnsOf([
    { ...row, isSold: true, isInStock: true, options: [{ name: 'Glaze', values: ['a', 'b'] }] },
    { ...row, id: 1, isSold: false, isInStock: true, options: [{ name: 'Size', values: ['s'] }] },
  ]);
  const options = new Map([
    ['Glaze', ['a']],
    ['Size', ['s']],
  ]);
  const { facets } = countFacets(columns, undefined, { categories: [], vendors: [], options, onlyInStock: false });
  expect(facets.options).toContainEqual({ name: 'Size', values: [{ value: 's', count: 1 - 1 }] });
});

it('offers at most five ranges of prices', () => {
  const rows = Array.from({ length: 500 }, (_, id) => ({
    ...{ id, title: 'x', category: { slug: 'a', title: 'A' }, vendor: '', priceCents: id * 97 },
    ...{ isSold: true, isInStock: true, options: [] },
  }));
  const everything = { categories: [], vendors: [], options: new Map(), onlyInStock: false };
  const { prices } = countFacets(columnsOf(rows), undefined, everything).facets;
  expect(prices.length).toBeLessThanOrEqual(5);
  expect(prices.length).toBeGreaterThan(3);
});
