import type { IntegrationData } from '@souk/shared-events/integration';
import { NotFound } from '@souk/service-kit';
import { cartIdOf, shopperOf } from '../cart-id.ts';
import { decidePayAgain } from '../domain/order.ts';
import type { OrderState } from '../domain/order.ts';
import { RuleBroken } from '../domain/rule-broken.ts';
import { ownerOf } from '../projections/customers/customers.ts';
import { ordersOf } from '../projections/orders/orders.ts';
import type { Context } from './context.ts';
import { readOrder } from './log.ts';
import { unknownToken } from './place-order.ts';
import { sealCard } from './seal-card.ts';

/** A shopper's wish to pay an order with another card. */
export type OtherCardRequest = IntegrationData['cart.other-card-requested.v2'];

/**
 * The request that another card becomes.
 * @throws {NotFound} unknown, or another shopper's
 * @throws {Invalid} `payment-token-unknown`
 */
export async function requestOtherCard(
  { channel, db, keys, provider }: Context,
  shopperId: string,
  orderId: string,
  token: string,
): Promise<OtherCardRequest> {
  const logged = await readOrder(channel, orderId);
  if (logged === undefined || ownerOf(db, logged.order.shopperId) !== shopperId) throw noSuchOrder();
  const payment = await provider.describe(token, shopperId);
  if (payment === null) throw unknownToken();
  return { cartId: cartIdOf(shopperId), orderId, payment: sealCard(keys, shopperId, payment) };
}

/**
 * Tries another card on an order whose last one was declined or got no answer. Only on the shopper's last order: the
 * cart was kept, so a later order has the same goods, and both would be charged.
 * @throws {NotFound} there is no such order
 * @throws {RuleBroken} `order-not-payable`
 */
export async function decideOtherCard({ channel, db, keys }: Context, { cartId, orderId, payment }: OtherCardRequest) {
  const logged = await readOrder(channel, orderId);
  if (logged === undefined) throw noSuchOrder();
  const { delivery, shopperId } = logged.order;
  if (keys.open(delivery, shopperId) === undefined)
    throw new RuleBroken('order-not-payable', 'The address of this order has been erased.');
  checkIsLast(logged.order, ordersOf(db, shopperOf(cartId)));
  return { event: decidePayAgain(logged.order, payment), revision: logged.revision };
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
