import type { Json, Subscription } from '@souk/event-channel';
import type { AskData } from '@souk/shared-events/integration';
import { cartIdOf } from '../cart-id.ts';
import type { Context } from '../commands/context.ts';
import type { OrderState } from '../domain/order.ts';
import { currency } from '../domain/totals.ts';
import { cartOf, viewCart } from '../projections/carts/carts.ts';
import { countOrders, ordersOf } from '../projections/orders/orders.ts';
import { standingOf } from './order-status.ts';

type Question = AskData['souk-ask.cart.shopper-overview']['request'];
type Answer = AskData['souk-ask.cart.shopper-overview']['reply'];

/** Orders told in full; the rest is a number. */
const maxOrders = 20;

/** Tells the desk what a shopper has in the cart and ordered: no address, no card, and of the person a name alone. */
export function answerShopperOverview({ channel, db, keys }: Context): Subscription {
  return channel.respond('souk-ask.cart.shopper-overview', 'cart', async ({ data }) => {
    const { shopperId } = data as unknown as Question;
    const orders = ordersOf(db, String(shopperId));
    const { lines, totalCents } = viewCart(db, cartOf(db, cartIdOf(String(shopperId))).state);
    const [latest] = orders;
    const answer: Answer = {
      name: (latest && keys.open(latest.delivery, latest.shopperId)?.name) ?? null,
      cart: {
        lines: lines.map(({ slug, title, variant, quantity, lineTotalCents }) => ({
          ...{ slug, title, variant, quantity, lineTotalCents },
        })),
        totalCents,
        currency,
      },
      orders: orders.slice(0, maxOrders).map(told),
      more: Math.max(0, countOrders(db, String(shopperId)) - maxOrders),
    };
    return { data: answer as unknown as Json };
  });
}

function told(order: OrderState): Answer['orders'][number] {
  const { orderId, placedAt, totalCents, currency, lines } = order;
  return {
    ...{ orderId, placedAt, totalCents, currency, ...standingOf(order) },
    lines: lines.map(({ slug, title, variant, quantity }) => ({ slug, title, variant, quantity })),
  };
}
