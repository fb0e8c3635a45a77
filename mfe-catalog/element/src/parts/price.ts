import type { ProductCard } from '@souk/catalog-api';
import { money } from '@souk/shared-events/browser';
import { words } from '../words/index.ts';

/** One price, or the lowest of several. */
export function priceOf({ priceCents, priceToCents }: Pick<ProductCard, 'priceCents' | 'priceToCents'>): string {
  return priceToCents > priceCents ? words().from(money(priceCents)) : money(priceCents);
}
