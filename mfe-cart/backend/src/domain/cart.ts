import type { CartEvent, Quantity } from './events.ts';
import { RuleBroken } from './rule-broken.ts';

/** Most pieces of one product in a cart. */
export const maxQuantity = 99;
/** Most different products in a cart. */
export const maxLines = 50;

/** What lies in the cart, in the order it was put there. No prices: those are the catalogue's and change. */
export interface CartState {
  readonly lines: readonly Quantity[];
}

/** `available` is what the shop can deliver of the sku now. */
export type CartCommand =
  | { readonly type: 'add-item'; readonly sku: string; readonly quantity: number; readonly available: number }
  | { readonly type: 'set-quantity'; readonly sku: string; readonly quantity: number; readonly available: number };

/** Nothing yet. */
export const emptyCart: CartState = { lines: [] };

/** Pieces of one sku in the cart. */
export function quantityOf(cart: CartState, sku: string): number {
  return cart.lines.find((line) => line.sku === sku)?.quantity ?? 0;
}

/**
 * What happens when the shopper asks for this; nothing when it is so already.
 * @throws {RuleBroken} `invalid-quantity`, `not-enough-stock` (details: sku, available), `cart-full`
 */
export function decideCart(cartId: string, command: CartCommand, cart: CartState): readonly CartEvent[] {
  const { sku, available } = command;
  const now = quantityOf(cart, sku);
  const smallest = command.type === 'add-item' ? 1 : 0;
  if (!Number.isInteger(command.quantity) || command.quantity < smallest || command.quantity > maxQuantity)
    throw new RuleBroken('invalid-quantity', `The quantity must be a whole number from ${smallest} to ${maxQuantity}.`);
  const wanted = command.type === 'add-item' ? now + command.quantity : command.quantity;
  if (wanted === now) return [];
  if (wanted > maxQuantity)
    throw new RuleBroken('invalid-quantity', `At most ${maxQuantity} of one product fit into the cart.`);
  if (wanted > now && wanted > available) throw notEnough(sku, available, now);
  if (now === 0 && cart.lines.length >= maxLines)
    throw new RuleBroken('cart-full', `At most ${maxLines} different products fit into the cart.`);
  return [{ type: 'cart.item-quantity-set.v1', data: { cartId, sku, quantity: wanted } }];
}

/** The cart after an event. What was bought leaves it; what was added meanwhile stays. */
export function evolveCart(cart: CartState, event: CartEvent): CartState {
  switch (event.type) {
    case 'cart.item-quantity-set.v1':
      return withQuantity(cart, event.data.sku, event.data.quantity);
    case 'cart.checked-out.v1':
      return event.data.lines.reduce(
        (left, bought) => withQuantity(left, bought.sku, Math.max(0, quantityOf(left, bought.sku) - bought.quantity)),
        cart,
      );
    default:
      return event satisfies never;
  }
}

function withQuantity(cart: CartState, sku: string, quantity: number): CartState {
  if (quantity === 0) return { lines: cart.lines.filter((line) => line.sku !== sku) };
  if (quantityOf(cart, sku) === 0) return { lines: [...cart.lines, { sku, quantity }] };
  return { lines: cart.lines.map((line) => (line.sku === sku ? { sku, quantity } : line)) };
}

function notEnough(sku: string, available: number, inCart: number): RuleBroken {
  const message =
    available <= 0
      ? 'This one is sold out.'
      : inCart > 0
        ? `Only ${available} left, and ${inCart} of them in your cart already.`
        : `Only ${available} left.`;
  return new RuleBroken('not-enough-stock', message, { sku, available: Math.max(0, available) });
}
