import { subjects } from '@souk/shared-events/integration';
import type { OrderPlaced } from '@souk/cart-api';
import { NotFound } from '@souk/service-kit';
import { cartIdOf } from '../cart-id.ts';
import { decidePayAgain } from '../domain/order.ts';
import type { OrderState } from '../domain/order.ts';
import { RuleBroken } from '../domain/rule-broken.ts';
import { ordersOf } from '../projections/orders/orders.ts';
import type { Context, Trail } from './context.ts';
import { expecting, readOrder } from './log.ts';
import { unknownToken } from './place-order.ts';

/**
 * Tries another card on an order whose last one was declined or got no answer. Only on the shopper's last order: the
 * cart was kept, so a later order has the same goods, and both would be charged.
 * @throws {NotFound} unknown, or another shopper's
 * @throws {RuleBroken} `order-not-payable`
 * @throws {Stale} our own view lags; to be asked again
 */
export async function payAgain(
  context: Context,
  shopperId: string,
  orderId: string,
  token: string,
  trail: Trail,
): Promise<OrderPlaced> {
  // In turn with checkouts of the same cart, so that neither begins while the other decides.
  return context.inTurn(cartIdOf(shopperId), async () => {
    const logged = await readOrder(context.channel, orderId);
    if (logged === undefined || logged.order.shopperId !== shopperId) throw noSuchOrder();
    const payment = await context.provider.describe(token, shopperId);
    if (payment === null) throw unknownToken();
    await context.upToDate();
    checkIsLast(logged.order, ordersOf(context.db, shopperId));
    const events = decidePayAgain(logged.order, payment).map((event) => context.envelope(event, trail));
    const expect = expecting(logged.revision);
    const { position } = await context.channel.append(subjects.order(orderId), events, { expect });
    await context.readable(position);
    return { orderId, status: 'placed', position };
  });
}

function checkIsLast({ orderId, placedAt }: OrderState, orders: readonly OrderState[]): void {
  const later = orders.find((other) => other.orderId !== orderId && other.placedAt > placedAt);
  if (later === undefined) return;
  const message = 'You have placed another order since, so this one takes no other card.';
  throw new RuleBroken('order-not-payable', message, { laterOrderId: later.orderId });
}

/** The same whether there is no such order or it is somebody else's. */
export function noSuchOrder(): NotFound {
  return new NotFound('not-found', 'There is no such order.');
}
