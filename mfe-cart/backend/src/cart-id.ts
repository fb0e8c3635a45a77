const prefix = 'c_';

/** Each shopper has one cart. */
export function cartIdOf(shopperId: string): string {
  return `${prefix}${shopperId}`;
}

/** Whose cart it is. */
export function shopperOf(cartId: string): string {
  return cartId.slice(prefix.length);
}
