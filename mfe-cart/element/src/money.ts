const formatters = new Map<string, Intl.NumberFormat>();

/** Integer cents as a price: `€12.50`. */
export function price(cents: number, currency = 'EUR'): string {
  let formatter = formatters.get(currency);
  if (!formatter)
    formatters.set(currency, (formatter = new Intl.NumberFormat('en-IE', { style: 'currency', currency })));
  return formatter.format(cents / 100);
}
