import { createReadStream } from 'node:fs';
import { parse } from 'csv-parse';
import type { IntegrationData } from '@souk/shared-events/integration';

/** A product as its event says it. */
export type GeneratedProduct = IntegrationData['catalog.product-published.v1'];

/** A real product, of whose words others are made. */
export interface ModelProduct {
  readonly title: string;
  readonly text: string;
  readonly category: string;
}

interface Words {
  readonly titles: readonly (readonly string[])[];
  readonly sentences: readonly string[];
  readonly categories: readonly string[];
}

const vendors = ['Atlas', 'Bosphorus', 'Cedar', 'Delta', 'Ebru', 'Fassi', 'Gediz', 'Harran', 'Izmir', 'Jbel'];
const options: Readonly<Record<string, readonly string[]>> = {
  Colour: ['Cobalt', 'Saffron', 'Bone', 'Oxblood', 'Sea green', 'Smoke', 'Madder', 'Walnut', 'Olive', 'Indigo'],
  Size: ['XS', 'S', 'M', 'L', 'XL'],
  Material: ['Wool', 'Cotton', 'Brass', 'Copper', 'Clay', 'Glass', 'Leather', 'Oak'],
};

/**
 * Makes the n-th product of a large shop; the same number gives the same one. Titles mix the words of two real ones with a made-up
 * word of every hundred products, so that the vocabulary grows with the shop as a real one does.
 */
export function productMaker(models: readonly ModelProduct[]): (n: number) => GeneratedProduct {
  const { titles, sentences, categories } = toWords(models);
  return (n) => {
    const random = randomFrom(n + 1);
    const pick = <Item>(all: readonly Item[]): Item => all[Math.floor(random() * all.length)]!;
    const title = [...pick(titles).slice(0, 2), madeUp(Math.floor(n / 100)), ...pick(titles).slice(-2)].join(' ');
    const chosen = Object.entries(options)
      .filter(() => random() < 0.6)
      .map(([name, values]) => ({ name, values: [...new Set([pick(values), pick(values)])] }));
    const category = pick(categories);
    return {
      ...{ slug: `good-${n}`, title, vendor: pick(vendors), status: 'active', details: [], pictures: [] },
      category: { slug: category.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-'), title: category },
      description: `${pick(sentences)} ${pick(sentences)} ${pick(sentences)}`,
      tags: [pick(categories), pick(vendors)],
      options: chosen,
      variants: [
        {
          sku: `G-${n}`,
          options: Object.fromEntries(chosen.map(({ name, values }) => [name, values[0]!])),
          priceCents: Math.round(300 * Math.exp(random() * 6)),
          currency: 'EUR',
        },
      ],
    };
  };
}

/** The products of a CSV with columns Title, Description and Type. */
export async function readModels(file: string): Promise<readonly ModelProduct[]> {
  const rows: Record<string, string>[] = [];
  for await (const row of createReadStream(file).pipe(parse({ columns: true, bom: true }))) rows.push(row);
  return rows.map((row) => ({ title: row.Title ?? '', text: row.Description ?? '', category: row.Type || 'Other' }));
}

function toWords(goods: readonly ModelProduct[]): Words {
  return {
    titles: goods.map(({ title }) => title.split(/\s+/)),
    sentences: [...new Set(goods.flatMap(({ text }) => text.split(/(?<=[.!?])\s+/)))].filter((each) => each !== ''),
    categories: [...new Set(goods.map(({ category }) => category))],
  };
}

/** A word of three to four syllables, another for each number. */
function madeUp(n: number): string {
  const random = randomFrom(n * 7919 + 17);
  const syllable = () => 'bdfgklmnprstvz'[Math.floor(random() * 14)]! + 'aeiou'[Math.floor(random() * 5)]!;
  return Array.from({ length: 3 + (n % 2) }, syllable).join('');
}

/** Mulberry32: numbers from 0 to 1 that look random and are the same every time. */
export function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
