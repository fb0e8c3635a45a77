import type { CartLine } from '@souk/cart-api';

/** A product of the playground's shop. */
export type Good = Omit<CartLine, 'quantity' | 'lineTotalCents' | 'problem'>;

const tile = (colour: string, ground: string) =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 80"><rect width="80" height="80" fill="${ground}"/><path fill="${colour}" d="M40 4 49 19 67 13 61 31 76 40 61 49 67 67 49 61 40 76 31 61 13 67 19 49 4 40 19 31 13 13 31 19z"/></svg>`,
  )}`;

const good = (
  sku: string,
  title: string,
  variant: string,
  unitPriceCents: number,
  available: number,
  src: string,
): Good => ({
  ...{ sku, slug: sku, title, variant, unitPriceCents, available },
  picture: { src, width: 800, height: 800, alt: title },
});

/** Enough of a shop to try the cart: something plain, something with options, something that runs out. */
export const goods: readonly Good[] = [
  good('fes-star', 'Fes star zellige', 'Cobalt, 10 × 10 cm', 1450, 40, tile('#1d4f91', '#efe5d2')),
  good('tea-glass', 'Beldi tea glass, hand blown', '', 690, 3, tile('#4c8a6a', '#e8efe8')),
  good('lantern', 'Pierced brass lantern', 'Large', 8900, 5, tile('#a9772c', '#2f2722')),
  good('kilim', 'Kilim runner from the High Atlas', '80 × 240 cm', 21900, 1, tile('#a0392b', '#ecd9bb')),
  good('ras', 'Ras el hanout, 100 g', '', 780, 0, tile('#b9642a', '#f3e7d3')),
];
