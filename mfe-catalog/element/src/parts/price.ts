import type { ProductCard } from '@souk/catalog-api';

const formatters = new Map<string, Intl.NumberFormat>();

/** An amount as the shopper reads it. */
export function money(cents: number, currency: string): string {
  let formatter = formatters.get(currency);
  if (!formatter)
    formatters.set(currency, (formatter = new Intl.NumberFormat('en-IE', { style: 'currency', currency })));
  return formatter.format(cents / 100);
}

/** One price, or the lowest of several. */
export function priceOf({ priceCents, priceToCents, currency }: ProductCard): string {
  return `${priceToCents > priceCents ? 'from ' : ''}${money(priceCents, currency)}`;
}
