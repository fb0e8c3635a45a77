import { subjects } from '@souk/shared-events/integration';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openCatalog, type OpenCatalog } from '../testing/open-catalog.ts';

const csv = (rows: readonly string[]) => `Title,URL handle,SKU,Price,Inventory quantity\n${rows.join('\n')}\n`;

let catalog: OpenCatalog;
beforeEach(async () => {
  catalog = await openCatalog();
  await catalog.importCsv(csv(['Vase,vase,V,10,3', 'Bowl,bowl,B,20,5']));
});
afterEach(() => catalog.close());

interface Detail {
  readonly products: readonly { readonly slug: string; readonly variants: readonly object[] }[];
  readonly more: boolean;
}

/** What everybody is told, until it fits. */
const toldUntil = async (fits: (detail: Detail) => boolean): Promise<Detail[]> => {
  const told: Detail[] = [];
  for await (const { event } of catalog.channel.tail(subjects.pushToEverybody(), 1)) {
    const { type, detail } = event.data as { type: string; detail: Detail };
    expect(type).toBe('catalog:product-changed');
    told.push(detail);
    if (fits(detail)) return told;
  }
  throw new Error('the channel closed');
};

it('a new price and a new count reach everybody as numbers', async () => {
  await catalog.importCsv(csv(['Vase,vase,V,12.50,7']));
  const told = await toldUntil(({ products }) => JSON.stringify(products).includes('1250'));
  expect(told.at(-1)?.products).toContainEqual({
    slug: 'vase',
    variants: [{ sku: 'V', priceCents: 1250, available: 7 }],
  });
});

it('many changes of a moment are one message that names none of them', async () => {
  const rows = Array.from({ length: 40 }, (_, n) => `Good ${n},good-${n},G${n},5,1`);
  await catalog.importCsv(csv(rows));
  const told = await toldUntil(({ more }) => more);
  expect(told.at(-1)).toEqual({ products: [], more: true });
  expect(told.length).toBeLessThan(5);
});
