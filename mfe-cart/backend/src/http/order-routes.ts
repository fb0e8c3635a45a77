import { OrderListSchema, OrderSchema } from '@souk/cart-api';
import { sendWithEtag } from '@souk/service-kit';
import type { SoukApp } from '@souk/service-kit';
import type { Context } from '../commands/context.ts';
import { noSuchOrder } from '../commands/pay-again.ts';
import { ownerOf } from '../projections/customers/customers.ts';
import { orderOf, ordersOf, summarizeOrder, viewOrder } from '../projections/orders/orders.ts';
import { byAnyOrder } from './params.ts';

/** Orders. */
export function orderRoutes(app: SoukApp, context: Context): void {
  const { db, keys } = context;

  app.get(
    '/api/cart/orders',
    { schema: { summary: 'The shopper’s orders, newest first', response: { 200: OrderListSchema } } },
    async (request, reply) =>
      sendWithEtag(request, reply, { orders: ordersOf(db, request.session.shopperId).map(summarizeOrder) }),
  );

  app.get(
    '/api/cart/orders/:orderId',
    { schema: { summary: 'One order', params: byAnyOrder, response: { 200: OrderSchema } } },
    async (request, reply) => {
      const order = orderOf(db, request.params.orderId);
      if (order === undefined || ownerOf(db, order.shopperId) !== request.session.shopperId) throw noSuchOrder();
      return sendWithEtag(request, reply, viewOrder(db, keys, order));
    },
  );
}
