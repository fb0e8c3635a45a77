import type { Product, ProductCard } from '@souk/catalog-api';
import type { CatalogProductChangedDetail } from '@souk/shared-events/browser';

/** What one product costs now, and what is left of it. */
export type Numbers = CatalogProductChangedDetail['products'][number];

/** Numbers that have come in, by slug. */
export type News = ReadonlyMap<string, Numbers>;

/** Up to so many pieces are few. As the backend has it. */
const few = 3;

/** A product with the numbers of now; `undefined` when more than numbers has changed, so that it has to be asked for. */
export function withNews(product: Product, news: News): Product | undefined {
  const numbers = news.get(product.slug);
  if (!numbers) return product;
  const bySku = new Map(numbers.variants.map((each) => [each.sku, each]));
  const isSame = bySku.size === product.variants.length && product.variants.every(({ sku }) => bySku.has(sku));
  if (!isSame) return undefined;
  return { ...product, variants: product.variants.map((each) => ({ ...each, ...bySku.get(each.sku) })) };
}

/** Cards with the numbers of now, the same array when none of them is meant; `undefined` when one is not sold any more. */
export function cardsWithNews(cards: readonly ProductCard[], news: News): readonly ProductCard[] | undefined {
  if (!cards.some(({ slug }) => news.has(slug))) return cards;
  if (cards.some(({ slug }) => news.get(slug)?.variants.length === 0)) return undefined;
  return cards.map((card) => {
    const variants = news.get(card.slug)?.variants;
    if (!variants) return card;
    const prices = variants.map(({ priceCents }) => priceCents);
    const pieces = variants.reduce((sum, { available }) => sum + available, 0);
    return {
      ...card,
      priceCents: Math.min(...prices),
      priceToCents: Math.max(...prices),
      available: pieces > 0,
      lowStock: pieces > 0 && pieces <= few,
    };
  });
}
