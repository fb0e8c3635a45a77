import {
  CardSchema,
  CheckoutSchema,
  OrderListSchema,
  OrderPlacedSchema,
  OrderSchema,
  PayAgainSchema,
  PaymentTokenSchema,
} from '@souk/cart-api';
import { sendWithEtag } from '@souk/service-kit';
import type { Idempotent, SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import type { Context } from '../commands/context.ts';
import { noSuchOrder, payAgain } from '../commands/pay-again.ts';
import { placeOrder } from '../commands/place-order.ts';
import { orderOf, ordersOf, summarizeOrder, viewOrder } from '../projections/orders/orders.ts';
import { refusing } from './refusals.ts';

/** What becomes part of a subject must be one token: a `>` would stand for every order. */
const byOrder = Type.Object({ orderId: Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' }) });

/** Any text: what is no order’s number is looked up in vain, and that is 404, as for an order that is another’s. */
const byAnyText = Type.Object({ orderId: Type.String({ maxLength: 512 }) });

/** Checkout, payment and orders. */
export function orderRoutes(app: SoukApp, context: Context, idempotent: Idempotent): void {
  const { db, provider } = context;

  app.post(
    '/api/cart/payment-tokens',
    { schema: { summary: 'A token for a card', body: CardSchema, response: { 201: PaymentTokenSchema } } },
    async ({ body, session }, reply) => {
      reply.header('cache-control', 'no-store');
      return reply.code(201).send(await refusing(() => provider.tokenize(body, session.shopperId)));
    },
  );

  app.post(
    '/api/cart/checkout',
    { schema: { summary: 'Place the order', body: CheckoutSchema, response: { 201: OrderPlacedSchema } } },
    async (request, reply) =>
      idempotent(request, reply, async ({ operationId }) => {
        const { body, session, cause } = request;
        const placed = await refusing(() => placeOrder(context, session.shopperId, operationId, body, cause));
        const headers = { location: `/orders/${placed.orderId}`, 'souk-position': String(placed.position) };
        return { status: 201, body: placed, headers };
      }),
  );

  app.post(
    '/api/cart/orders/:orderId/payment',
    {
      schema: {
        summary: 'Another card for a declined order',
        params: byOrder,
        body: PayAgainSchema,
        response: { 200: OrderPlacedSchema },
      },
    },
    async ({ params: { orderId }, body: { paymentToken }, session, cause }, reply) => {
      const placed = await refusing(() => payAgain(context, session.shopperId, orderId, paymentToken, cause));
      reply.header('souk-position', String(placed.position));
      return placed;
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
      return sendWithEtag(request, reply, viewOrder(db, order));
    },
  );
}
