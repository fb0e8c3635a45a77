import type { Picture } from '@souk/catalog-api';
import type { EventChannel } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { categories, colourKey, goods, type Good } from '../goods/index.ts';
import { publishProduct, type ShelvedProduct } from './import/publish.ts';
import type { Shelf } from './shelves.ts';

const folder = join(import.meta.dirname, '../goods');

/** One drawn file, as `goods/pictures.json` lists it by name. */
interface DrawnFile {
  readonly width: number;
  readonly height: number;
  readonly alt: string;
  /** Hash of the drawing; a new drawing under the same name gets a new address. */
  readonly drawing: string;
}

/** What the shop sells until an owner brings goods of their own. */
export interface Goods {
  readonly products: () => ShelvedProduct[];
  readonly shelves: readonly Shelf[];
  readonly hero: Picture | undefined;
  readonly pictureFolder: string;
}

/** Reads the list of pictures; the goods themselves are only made when they are to be sold. */
export function readGoods(): Goods {
  const list = join(folder, 'pictures.json');
  const files: Record<string, DrawnFile> = existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : {};
  const picture = (name: string) => pictureOf(files, name);
  return {
    products: () => goods.map((good) => toShelved(good, picture)),
    shelves: categories.map(({ slug, title, description, picture: name }) => {
      const shown = picture(name);
      return { slug, title, description, ...(shown ? { picture: shown } : {}) };
    }),
    hero: picture('hero'),
    pictureFolder: join(folder, 'pictures'),
  };
}

/** Publishes the default goods when nothing has ever been published. */
export async function seed(
  { products }: Goods,
  { channel, db }: { readonly channel: EventChannel; readonly db: Database },
): Promise<void> {
  if ((await channel.lastPosition('catalog')) > 0) return;
  await Promise.all(products().map((product) => publishProduct(product, { channel, db })));
}

function toShelved(good: Good, picture: (name: string) => Picture | undefined): ShelvedProduct {
  const shelf = categories.find(({ slug }) => slug === good.category)!;
  const pictureOfValue = (value: string | undefined) => (value ? picture(pictureName(good, value)) : undefined);
  const valuePictures = good.options.find(({ name }) => name === good.picturedOption)?.values.map(pictureOfValue) ?? [];
  const pictures = [picture(pictureName(good)), ...valuePictures].filter((each) => each !== undefined);
  return {
    counts: new Map(good.variants.map(({ sku, stock }) => [sku, stock])),
    product: {
      slug: good.slug,
      title: good.title,
      description: good.description,
      category: { slug: shelf.slug, title: shelf.title },
      vendor: 'Souk',
      tags: [...good.tags],
      details: [...good.details],
      status: 'active',
      options: good.options.map(({ name, values }) => ({ name, values: [...values] })),
      variants: good.variants.map(({ sku, options, priceCents }) => {
        const shown = good.picturedOption ? pictureOfValue(options[good.picturedOption]) : undefined;
        return { sku, options, priceCents, currency: 'EUR' as const, ...(shown ? { picture: shown.src } : {}) };
      }),
      pictures: [...new Map(pictures.map((each) => [each.src, each])).values()],
    },
  };
}

/** The widest file of a drawing, with the others in `srcset`. */
function pictureOf(files: Readonly<Record<string, DrawnFile>>, name: string): Picture | undefined {
  const own = Object.entries(files)
    .filter(([file]) => file.replace(/-\d+\.\w+$/, '') === name)
    .map(([file, drawn]) => ({ ...drawn, src: `/api/catalog/pictures/${file}?v=${drawn.drawing.slice(0, 8)}` }))
    .toSorted((a, b) => b.width - a.width);
  const [widest] = own;
  if (!widest) return undefined;
  const { src, width, height, alt } = widest;
  const srcset = own.map((each) => `${each.src} ${each.width}w`).join(', ');
  return { src, width, height, alt, ...(own.length > 1 ? { srcset } : {}) };
}

/** Name of a product's drawing, or of the one in another value of its pictured option. */
function pictureName({ slug }: Good, value?: string): string {
  return value === undefined ? slug : `${slug}-${colourKey(value)}`;
}
