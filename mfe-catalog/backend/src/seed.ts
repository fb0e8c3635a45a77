import type { Picture } from '@souk/catalog-api';
import type { EventChannel } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import { categories } from '../goods/categories.ts';
import type { Good } from '../goods/good.ts';
import { pictureName, pictureValues } from '../goods/picture-list.ts';
import { drawnPictures } from './goods.ts';
import { publishProduct, type ShelvedProduct } from './import/publish.ts';

/** Publishes the default goods when nothing has ever been published; only then are they loaded. */
export async function seed(into: { readonly channel: EventChannel; readonly db: Database }): Promise<void> {
  if ((await into.channel.lastPosition('catalog')) > 0) return;
  const { goods } = await import('../goods/index.ts');
  const picture = drawnPictures();
  await Promise.all(goods.map((good) => publishProduct(toShelved(good, picture), into)));
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
