import { subjects } from '@souk/shared-events/integration';
import type { OrderPlaced } from '@souk/cart-api';
import { NotFound } from '@souk/service-kit';
import { decidePayAgain } from '../domain/order.ts';
import type { Context, Trail } from './context.ts';
import { expecting, readOrder } from './log.ts';
import { unknownToken } from './place-order.ts';

/**
 * Tries another card on an order whose last one was declined or got no answer.
 * @throws {NotFound} unknown, or another shopper's
 * @throws {RuleBroken} `order-not-payable`
 */
export async function payAgain(
  context: Context,
  shopperId: string,
  orderId: string,
  token: string,
  trail: Trail,
): Promise<OrderPlaced> {
  return context.inTurn(orderId, async () => {
    const logged = await readOrder(context.channel, orderId);
    if (logged === undefined || logged.order.shopperId !== shopperId) throw noSuchOrder();
    const payment = await context.provider.describe(token, shopperId);
    if (payment === null) throw unknownToken();
    const events = decidePayAgain(logged.order, payment).map((event) => context.envelope(event, trail));
    const expect = expecting(logged.revision);
    const { position } = await context.channel.append(subjects.order(orderId), events, { expect });
    await context.readable(position);
    return { orderId, status: 'placed', position };
  });
}

/** The same whether there is no such order or it is somebody else's. */
export function noSuchOrder(): NotFound {
  return new NotFound('not-found', 'There is no such order.');
}
