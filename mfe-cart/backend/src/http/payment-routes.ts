import { AuthenticationSchema, CardSchema, PaymentFormSchema, PaymentTokenSchema } from '@souk/cart-api';
import type { SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import type { Context } from '../commands/context.ts';
import { noSuchOrder } from '../commands/pay-again.ts';
import { refusing } from '../commands/refusals.ts';
import { settleConfirmation } from '../participants/settle-confirmation.ts';
import { ownerOf } from '../projections/customers/customers.ts';
import { orderOf } from '../projections/orders/orders.ts';
import { byAnyOrder } from './params.ts';

/** Cards, and what a bank asks their holders. @param deadlineMs for an answer of the payment provider */
export function paymentRoutes(app: SoukApp, context: Context, deadlineMs: number): void {
  const { db, provider } = context;

  app.get(
    '/api/cart/payment-form',
    { schema: { summary: 'How the page asks for a card', response: { 200: PaymentFormSchema } } },
    async () => provider.form,
  );

  app.post(
    '/api/cart/payment-tokens',
    { schema: { summary: 'A token for a card', body: CardSchema, response: { 201: PaymentTokenSchema } } },
    async ({ body, session }, reply) => {
      reply.header('cache-control', 'no-store');
      return reply.code(201).send(await refusing(() => provider.tokenize(body, session.shopperId)));
    },
  );

  const path = '/api/cart/orders/:orderId/authentication';
  const look = 'What a payment is confirmed with at the bank; asks the provider how it stands';
  app.post(
    path,
    { schema: { summary: look, params: byAnyOrder, response: { 200: AuthenticationSchema } } },
    async ({ params, session }, reply) => {
      reply.header('cache-control', 'no-store');
      const key = keyToConfirm(params.orderId, session.shopperId);
      const clientSecret = (key !== undefined && (await provider.confirmations?.secretOf(key))) || null;
      if (key !== undefined && clientSecret === null) await settleConfirmation(context, key, deadlineMs);
      return { clientSecret };
    },
  );

  app.delete(
    path,
    { schema: { summary: 'The shopper will not confirm', params: byAnyOrder, response: { 204: Type.Null() } } },
    async ({ params, session }, reply) => {
      const key = keyToConfirm(params.orderId, session.shopperId);
      if (key !== undefined) {
        // Closed it is in any case; what may be held is let go of by the checkout too, as often as it takes.
        await provider.voidAuthorization(key, AbortSignal.timeout(deadlineMs)).catch(() => undefined);
        await settleConfirmation(context, key, deadlineMs);
      }
      return reply.code(204).send(null);
    },
  );

  function keyToConfirm(orderId: string, shopperId: string): string | undefined {
    const order = orderOf(db, orderId);
    if (order === undefined || ownerOf(db, order.shopperId) !== shopperId) throw noSuchOrder();
    return order.toConfirm;
  }
}
