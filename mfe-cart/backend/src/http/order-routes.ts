import { CardSchema, OrderListSchema, OrderSchema, PaymentTokenSchema } from '@souk/cart-api';
import { sendWithEtag } from '@souk/service-kit';
import type { SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import type { Context } from '../commands/context.ts';
import { noSuchOrder } from '../commands/pay-again.ts';
import { orderOf, ordersOf, summarizeOrder, viewOrder } from '../projections/orders/orders.ts';
import { refusing } from '../commands/refusals.ts';

/** Any text: what is no order’s number is looked up in vain, and that is 404, as for an order that is another’s. */
const byAnyText = Type.Object({ orderId: Type.String({ maxLength: 512 }) });

/** Cards and orders. */
export function orderRoutes(app: SoukApp, context: Context): void {
  const { db, keys, provider } = context;

  app.post(
    '/api/cart/payment-tokens',
    { schema: { summary: 'A token for a card', body: CardSchema, response: { 201: PaymentTokenSchema } } },
    async ({ body, session }, reply) => {
      reply.header('cache-control', 'no-store');
      return reply.code(201).send(await refusing(() => provider.tokenize(body, session.shopperId)));
    },
  );

  app.get(
    '/api/cart/orders',
    { schema: { summary: 'The shopper’s orders, newest first', response: { 200: OrderListSchema } } },
    async (request, reply) =>
      sendWithEtag(request, reply, { orders: ordersOf(db, request.session.shopperId).map(summarizeOrder) }),
  );

  app.get(
    '/api/cart/orders/:orderId',
    { schema: { summary: 'One order', params: byAnyText, response: { 200: OrderSchema } } },
    async (request, reply) => {
      const order = orderOf(db, request.params.orderId);
      if (order === undefined || order.shopperId !== request.session.shopperId) throw noSuchOrder();
      return sendWithEtag(request, reply, viewOrder(db, keys, order));
    },
  );
}
