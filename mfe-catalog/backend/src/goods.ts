import type { Picture } from '@souk/catalog-api';
import type { EventChannel } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import { join } from 'node:path';
import { categories, goods, type Good } from '../goods/index.ts';
import { pictureName, pictureValues, readPictures, type Picture as DrawnPicture } from '../goods/pictures.ts';
import { publishProduct, type ShelvedProduct } from './import/publish.ts';
import type { Shelf } from './shelves.ts';

/** What the shop sells until an owner brings goods of their own. */
export interface Goods {
  readonly products: () => ShelvedProduct[];
  readonly shelves: readonly Shelf[];
  readonly hero: Picture | undefined;
  readonly pictureFolder: string;
}

/** Reads the list of pictures; the goods themselves are only made when they are to be sold. */
export function readGoods(): Goods {
  const drawn = readPictures();
  const picture = (name: string) => pictureOf(drawn[name]);
  return {
    products: () => goods.map((good) => toShelved(good, picture)),
    shelves: categories.map(({ slug, title, description, picture: name }) => {
      const shown = picture(name);
      return { slug, title, description, ...(shown ? { picture: shown } : {}) };
    }),
    hero: picture('hero'),
    pictureFolder: join(import.meta.dirname, '../goods/pictures'),
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
  const valuePictures = pictureValues(good).map(pictureOfValue);
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

/** The widest file of a drawing, with the others in `srcset`. A new drawing under an old name gets a new address. */
function pictureOf(drawn: DrawnPicture | undefined): Picture | undefined {
  const [widest, ...others] = drawn?.files ?? [];
  if (!drawn || !widest) return undefined;
  const address = ({ file }: { readonly file: string }) => `/api/catalog/pictures/${file}?v=${drawn.svg.slice(0, 8)}`;
  const srcset = drawn.files.map((each) => `${address(each)} ${each.width}w`).join(', ');
  const { width, height } = widest;
  return { src: address(widest), width, height, alt: drawn.alt, ...(others.length > 0 ? { srcset } : {}) };
}
