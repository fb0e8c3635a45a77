import { subjects } from '@souk/shared-events/integration';
import type { IntegrationData } from '@souk/shared-events/integration';
import { NotFound } from '@souk/service-kit';
import { decideCart, quantityOf } from '../domain/cart.ts';
import type { CartState } from '../domain/cart.ts';
import type { CartEvent } from '../domain/events.ts';
import { cartOf } from '../projections/carts/carts.ts';
import { priceOf } from '../projections/price-list/price-list.ts';
import { RuleBroken } from '../domain/rule-broken.ts';
import type { Context, Trail } from './context.ts';
import { expecting, isWrongRevision, readCart } from './log.ts';

/** Something that a shopper wants changed in their cart. */
export type CartChange = IntegrationData['cart.change-requested.v1'];

const maxTries = 25;

/**
 * Adds to a cart or sets a quantity in it, and says how many there are then. Tabs that do so at once all get their way:
 * who was slower decides again on what the faster one left.
 * @param id of the event, when a second try must make the same one again
 * @throws {NotFound} `unknown-sku`
 * @throws {RuleBroken}
 */
export async function changeCart(context: Context, change: CartChange, trail: Trail, id?: string): Promise<void> {
  const { channel, db, inTurn } = context;
  const { cartId } = change;

  return inTurn(cartId, async () => {
    for (let tries = 1; ; tries++) {
      // The projection is all but always right; the log is asked when it was not, and before anything is refused.
      const { state, revision } = tries === 1 ? cartOf(db, cartId) : await readCart(channel, cartId);
      try {
        const events = decideChange(context, change, state).map((event) => context.envelope(event, trail, id));
        const { position } = await channel.append(subjects.cart(cartId), events, { expect: expecting(revision) });
        return await context.readable(position);
      } catch (error) {
        const mayChange = isWrongRevision(error) ? tries < maxTries : tries === 1 && error instanceof RuleBroken;
        if (!mayChange) throw error;
      }
    }
  });
}

/** What a change comes to now: one event, which says how it is also when it was so already. */
export function decideChange({ db }: Context, change: CartChange, state: CartState): readonly CartEvent[] {
  const { cartId, change: type, sku, quantity } = change;
  const price = priceOf(db, sku);
  if (price === undefined) throw new NotFound('unknown-sku', 'The shop does not have this product.');
  const events = decideCart(cartId, { type, sku, quantity, available: price.available }, state);
  if (events.length > 0) return events;
  return [{ type: 'cart.item-quantity-set.v1', data: { cartId, sku, quantity: quantityOf(state, sku) } }];
}
