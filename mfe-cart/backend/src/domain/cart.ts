import type { CartEvent, Quantity } from './events.ts';
import { RuleBroken } from './rule-broken.ts';

/** Most pieces of one product in a cart. */
export const maxQuantity = 99;
/** Most different products in a cart. */
export const maxLines = 50;

/** What lies in the cart, in the order it was put there. No prices: those are the catalogue's and change. */
export interface CartState {
  readonly lines: readonly Quantity[];
  /** The customer's cart that all of this one went into, when its guest signed in. It takes nothing more. */
  readonly handedTo?: string;
  /** Of what there is less than two carts had together; until the shopper changes something. */
  readonly capped?: readonly Capped[];
}

/** A line that could not become the sum of two carts. */
export interface Capped {
  readonly sku: string;
  /** What both carts had together. */
  readonly wanted: number;
  readonly quantity: number;
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
 * @throws {RuleBroken} `invalid-quantity`, `not-enough-stock` (details: sku, available), `cart-full`, `cart-handed-over`
 */
export function decideCart(cartId: string, command: CartCommand, cart: CartState): readonly CartEvent[] {
  const { sku, available } = command;
  // Said, rather than done in a cart that nobody sees any more.
  if (cart.handedTo !== undefined)
    throw new RuleBroken('cart-handed-over', 'You have signed in meanwhile. Please try again.');
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

/** What a guest's cart hands over when its guest turns out to be a customer: all of it, once. */
export function decideHandOver(cartId: string, toCartId: string, cart: CartState): readonly CartEvent[] {
  if (cart.handedTo !== undefined) return [];
  return [{ type: 'cart.handed-over.v1', data: { cartId, toCartId, lines: [...cart.lines] } }];
}

/**
 * What becomes of a customer's cart by what a guest's cart handed over. Quantities are added as far as stock and the maximum
 * allow, but no line gets smaller than it was in either cart: what is too much of it by then is the shopper's to decide.
 * @param available what the shop can deliver of a sku now
 */
export function decideTakeIn(
  cartId: string,
  handed: { readonly fromCartId: string; readonly handOverId: string; readonly lines: readonly Quantity[] },
  available: (sku: string) => number,
  cart: CartState,
): CartEvent {
  const taken = handed.lines.map(({ sku, quantity: theirs }) => {
    const mine = quantityOf(cart, sku);
    const wanted = mine + theirs;
    const quantity = Math.min(maxQuantity, Math.max(mine, theirs, Math.min(wanted, available(sku))));
    return { sku, wanted, quantity };
  });
  const lines = taken.map(({ sku, quantity }) => ({ sku, quantity }));
  const capped = taken.filter(({ wanted, quantity }) => quantity < wanted);
  const { fromCartId, handOverId } = handed;
  return { type: 'cart.taken-in.v1', data: { cartId, fromCartId, handOverId, lines, capped } };
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
    case 'cart.handed-over.v1':
      return { lines: [], handedTo: event.data.toCartId };
    case 'cart.taken-in.v1': {
      const { lines, capped } = event.data;
      const together = lines.reduce((all, { sku, quantity }) => withQuantity(all, sku, quantity), cart);
      return { lines: together.lines, ...(capped.length > 0 && { capped }) };
    }
    default:
      return event satisfies never;
  }
}

function withQuantity({ lines, handedTo }: CartState, sku: string, quantity: number): CartState {
  const kept = handedTo === undefined ? {} : { handedTo };
  if (quantity === 0) return { ...kept, lines: lines.filter((line) => line.sku !== sku) };
  if (!lines.some((line) => line.sku === sku)) return { ...kept, lines: [...lines, { sku, quantity }] };
  return { ...kept, lines: lines.map((line) => (line.sku === sku ? { sku, quantity } : line)) };
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
