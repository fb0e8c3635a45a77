import type { Category, Picture, Product, ProductOption, Variant } from '@souk/catalog-api';

type Shelf = Pick<Category, 'slug' | 'title' | 'description'>;

/** The shelves of the playground's shop. */
export const shelves: readonly Shelf[] = [
  { slug: 'zellige', title: 'Zellige tiles', description: 'Glazed clay tiles cut by hand in Fez.' },
  { slug: 'kilims', title: 'Kilim rugs', description: 'Flat-woven wool rugs from Anatolia and the Atlas.' },
  {
    slug: 'lanterns',
    title: 'Lanterns',
    description: 'Pierced brass and coloured glass that throw their pattern on the wall.',
  },
  { slug: 'ceramics', title: 'Ceramics', description: 'Thrown and painted stoneware from Safi, Fez and Kütahya.' },
];

interface Good {
  readonly slug: string;
  readonly title: string;
  readonly shelf: string;
  readonly priceCents: number;
  readonly options?: readonly ProductOption[];
  /** Pieces of the n-th variant; a combination with nothing here is not made. */
  readonly pieces?: (index: number) => number | undefined;
  readonly compareAtCents?: number;
  readonly pictures?: number;
  readonly description?: string;
  readonly details?: readonly string[];
}

const glazes = ['Bone', 'Cobalt', 'Sea green', 'Saffron', 'Oxblood', 'Smoke'];
const shapes = ['square', 'star', 'bejmat', 'hexagon', 'kite'];

/** Thirty tiles, so that a shelf has more than one page. */
const tiles: readonly Good[] = glazes.flatMap((glaze, row) =>
  shapes.map((shape, column) => ({
    slug: `${slugOf(glaze)}-${shape}`,
    title: `${glaze} ${shape}`,
    shelf: 'zellige',
    priceCents: 390 + 60 * row + 110 * column,
    options: [
      { name: 'Size', values: ['5 cm', '10 cm', '15 cm'] },
      { name: 'Finish', values: column % 2 ? ['Glossy'] : ['Glossy', 'Satin'] },
    ],
    pieces: (index: number) => (row === 5 && column > 2 ? 0 : 200 - 30 * index),
  })),
);

/** What the pages have to cope with: sold out, not made, long, many, no picture. */
const others: readonly Good[] = [
  {
    slug: 'fassi-lantern',
    title: 'Fassi lantern',
    shelf: 'lanterns',
    priceCents: 14_900,
    compareAtCents: 17_500,
    pictures: 4,
    options: [
      { name: 'Metal', values: ['Brass', 'Tinned iron', 'Copper'] },
      { name: 'Height', values: ['30 cm', '45 cm', '60 cm'] },
    ],
    pieces: (index) => [12, 2, 0, 7, 0, 5, undefined, 3, 1][index],
    description:
      'Sheet brass, pierced by hand with a hammer and three chisels, then soldered along eight seams. The pattern is the eight-fold star of the Fez medina; a candle or a small bulb throws it across the whole wall.\n\nEach one takes two days and no two throw quite the same light.',
    details: ['Pierced and soldered by hand', 'Fits a candle or an E14 bulb', 'Hook and 40 cm of chain', 'Made in Fez'],
  },
  {
    slug: 'copper-moon-lantern',
    title: 'Copper moon lantern',
    shelf: 'lanterns',
    priceCents: 9_900,
    options: [{ name: 'Width', values: ['20 cm', '30 cm'] }],
    pieces: () => 0,
  },
  {
    slug: 'wedding-kilim',
    title:
      'Wedding kilim with stepped diamonds, running hooks and a border of rams’ horns in madder, indigo and undyed wool',
    shelf: 'kilims',
    priceCents: 129_000,
    pictures: 3,
    pieces: () => 1,
  },
  {
    slug: 'hearth-kilim',
    title: 'Hearth kilim',
    shelf: 'kilims',
    priceCents: 42_000,
    pictures: 2,
    options: [
      { name: 'Ground', values: [...glazes, 'Madder', 'Indigo', 'Walnut', 'Undyed', 'Pomegranate', 'Olive'] },
      { name: 'Length', values: ['120 cm', '160 cm', '200 cm', '240 cm', '300 cm'] },
      { name: 'Fringe', values: ['Knotted', 'Plaited', 'None'] },
    ],
    pieces: (index) => (index % 7 === 3 ? undefined : index % 4),
  },
  { slug: 'safi-bowl', title: 'Safi bowl', shelf: 'ceramics', priceCents: 2_800, pictures: 0, pieces: () => 40 },
];

/** Every product of the playground's shop. */
export const products: readonly Product[] = [...others, ...tiles].map(toProduct);

function toProduct({ slug, title, shelf, priceCents, options = [], compareAtCents, ...good }: Good): Product {
  const pictures = Array.from({ length: good.pictures ?? 1 }, (_, index) =>
    pictureOf(`${slug}${'-abcdef'.slice(0, 2 * index)}`, title),
  );
  const variants = combinations(options).flatMap((chosen, index): Variant[] => {
    const available = good.pieces?.(index);
    if (available === undefined) return [];
    const sku = [slug, ...Object.values(chosen)].map(slugOf).join('.');
    const more = Math.round(0.15 * index * priceCents);
    // Each value of the first option has a picture of its own, as far as there are any; a copy, as from a real answer.
    const picture = pictures[options[0]?.values.indexOf(Object.values(chosen)[0]!) ?? 0];
    const price = { priceCents: priceCents + more, compareAtCents, currency: 'EUR' };
    return [{ sku, options: chosen, ...price, available, ...(picture ? { picture: { ...picture } } : {}) }];
  });
  return {
    slug,
    title,
    description: good.description ?? `${title}: made by hand, one at a time. Small differences are how you know it.`,
    vendor: 'Workshop of the playground',
    details: [...(good.details ?? ['Made by hand', 'Wipe with a damp cloth'])],
    tags: ['handmade'],
    category: shelves.find((each) => each.slug === shelf)!,
    options: [...options],
    variants,
    pictures,
    related: { together: [], similar: [] },
  };
}

/** A picture that the mocked backend draws from its name. */
export function pictureOf(name: string, alt: string, width = 720, height = width): Picture {
  return { src: `/api/catalog/pictures/${name}-${width}x${height}.svg`, width, height, alt };
}

function combinations(options: readonly ProductOption[]): Record<string, string>[] {
  return options.reduce<Record<string, string>[]>(
    (made, { name, values }) => made.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}

function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
