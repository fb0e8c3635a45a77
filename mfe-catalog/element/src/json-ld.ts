import type { Product } from '@souk/catalog-api';

/** An object of schema.org, as JSON-LD has it. */
export type Thing = Readonly<Record<string, unknown>>;

/** The shop, and how it is searched. */
export const shopThing = (origin: string): Thing => ({
  '@context': 'https://schema.org',
  '@type': 'WebSite',
  name: 'Souk',
  url: `${origin}/`,
  potentialAction: {
    '@type': 'SearchAction',
    target: { '@type': 'EntryPoint', urlTemplate: `${origin}/search?q={search_term_string}` },
    'query-input': 'required name=search_term_string',
  },
});

/** The way from the start to a page, the page last. */
export const wayThing = (origin: string, steps: readonly (readonly [name: string, path: string])[]): Thing => ({
  '@context': 'https://schema.org',
  '@type': 'BreadcrumbList',
  itemListElement: steps.map(([name, path], index) => ({
    ...{ '@type': 'ListItem', position: index + 1, name },
    item: origin + path,
  })),
});

/** A product with an offer for each variant: what the page shows, in the money that is charged. */
export const productThing = (origin: string, product: Product): Thing => {
  const address = `${origin}/p/${encodeURIComponent(product.slug)}`;
  return {
    '@context': 'https://schema.org',
    '@type': 'Product',
    name: product.title,
    description: product.description,
    url: address,
    image: product.pictures.map(({ src }) => new URL(src, origin).href),
    category: product.category.title,
    ...(product.vendor && { brand: { '@type': 'Brand', name: product.vendor } }),
    offers: product.variants.map(({ sku, priceCents, currency, available }) => ({
      '@type': 'Offer',
      sku,
      url: `${address}?variant=${encodeURIComponent(sku)}`,
      price: (priceCents / 100).toFixed(2),
      priceCurrency: currency,
      availability: `https://schema.org/${available > 0 ? 'InStock' : 'OutOfStock'}`,
      itemCondition: 'https://schema.org/NewCondition',
    })),
  };
};

/** Data blocks for the head. They are not run, so they need no nonce; `<` is escaped, so that no text can end one. */
export const dataBlocks = (things: readonly Thing[]): string =>
  things
    .map((thing) => `<script type="application/ld+json">${JSON.stringify(thing).replaceAll('<', '\\u003c')}</script>`)
    .join('\n');
