const texts: Readonly<Record<string, string>> = {
  'unknown-sku': 'This product is not in the shop any more.',
  'not-enough-stock': 'There is not enough of it left, so your cart is as it was.',
  'invalid-quantity': 'That quantity does not work: a cart holds 1 to 99 of a product.',
  'cart-full': 'Your cart is full: it holds 50 different products.',
  invalid: 'That could not be added. Please try again from the product page.',
};

/** What to say when a form of a page without scripts came back with `?problem=<code>`; null when there is none. */
export function problemText(search: string): string | null {
  const code = new URLSearchParams(search).get('problem');
  return code === null ? null : (texts[code] ?? 'That did not work. Please try again.');
}
