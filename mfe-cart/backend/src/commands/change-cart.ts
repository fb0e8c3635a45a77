import { subjects } from '@souk/shared-events/integration';
import type { CartCommand, CartState } from '../domain/cart.ts';
import { decideCart, evolveCart } from '../domain/cart.ts';
import { NotFound } from '@souk/service-kit';
import { cartOf } from '../projections/carts/carts.ts';
import { priceOf } from '../projections/price-list/price-list.ts';
import { cartIdOf } from '../cart-id.ts';
import type { Context, Trail } from './context.ts';
import { expecting, isWrongRevision, readCart } from './log.ts';

/** The cart after a command, and the position from which it can be read. */
export interface ChangedCart {
  readonly state: CartState;
  readonly position: number;
}

const maxTries = 25;

/**
 * Adds to the shopper's cart or sets a quantity in it. Tabs that do so at once all get their way: who was slower
 * decides again on what the faster one left.
 * @throws {NotFound} `unknown-sku`
 * @throws {RuleBroken}
 */
export async function changeCart(
  context: Context,
  shopperId: string,
  command: { readonly type: CartCommand['type']; readonly sku: string; readonly quantity: number },
  trail: Trail,
): Promise<ChangedCart> {
  const { channel, db, cart: projection, inTurn } = context;
  const cartId = cartIdOf(shopperId);

  return inTurn(cartId, async () => {
    for (let tries = 1; ; tries++) {
      const price = priceOf(db, command.sku);
      if (price === undefined) throw new NotFound('unknown-sku', 'The shop does not have this product.');
      // The projection is all but always right; the log is asked when it was not.
      const { state, revision } = tries === 1 ? cartOf(db, cartId) : await readCart(channel, cartId);
      const events = decideCart(cartId, { ...command, available: price.available }, state);
      if (events.length === 0) return { state, position: projection.position() };
      try {
        const envelopes = events.map((event) => context.envelope(event, trail));
        const { position } = await channel.append(subjects.cart(cartId), envelopes, { expect: expecting(revision) });
        await context.readable(position);
        return { state: events.reduce(evolveCart, state), position };
      } catch (error) {
        if (!isWrongRevision(error) || tries >= maxTries) throw error;
      }
    }
  });
}
