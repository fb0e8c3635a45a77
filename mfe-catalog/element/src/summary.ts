import type { Picture, Product } from '@souk/catalog-api';
import type { CatalogDescribeProductReply } from '@souk/shared-events/browser';

/** A product as others show it on a card. */
export function summaryOf({ title, variants, pictures }: Product): CatalogDescribeProductReply['product'] {
  const prices = variants.map(({ priceCents }) => priceCents);
  const [picture] = pictures;
  return {
    title,
    priceCents: Math.min(...prices),
    priceToCents: Math.max(...prices),
    currency: 'EUR',
    available: variants.some(({ available }) => available > 0),
    picture: picture ? { src: smallest(picture), width: picture.width, height: picture.height } : null,
  };
}

/** The narrowest file of `a.webp 360w, b.webp 720w`, or the only one. */
function smallest({ src, srcset = '' }: Picture): string {
  const files = srcset.split(', ').flatMap((each) => {
    const [, file, width] = /^(\S+) (\d+)w$/.exec(each) ?? [];
    return file === undefined ? [] : [{ file, width: Number(width) }];
  });
  return files.toSorted((one, other) => one.width - other.width)[0]?.file ?? src;
}
