import { AddLineSchema, CartResultSchema, CartSchema, SetQuantitySchema } from '@souk/cart-api';
import type { CartResult } from '@souk/cart-api';
import { ApiError, formBody, sendWithEtag } from '@souk/service-kit';
import type { Idempotent, SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import { cartIdOf } from '../cart-id.ts';
import { changeCart } from '../commands/change-cart.ts';
import type { ChangedCart } from '../commands/change-cart.ts';
import type { Context } from '../commands/context.ts';
import { cartOf, viewCart } from '../projections/carts/carts.ts';
import { refusing } from './refusals.ts';

const bySku = Type.Object({ sku: Type.String({ minLength: 1, maxLength: 200 }) });
const result = { response: { 200: CartResultSchema } };

/** The cart and its lines. */
export function cartRoutes(app: SoukApp, context: Context, idempotent: Idempotent): void {
  const { db } = context;

  const answer = (
    reply: { header(name: string, value: string): unknown },
    { state, position }: ChangedCart,
  ): CartResult => {
    reply.header('souk-position', String(position));
    return { ...viewCart(db, state), position };
  };

  app.get('/api/cart', { schema: { summary: 'The cart', response: { 200: CartSchema } } }, async (request, reply) => {
    const { state } = cartOf(db, cartIdOf(request.session.shopperId));
    return sendWithEtag(request, reply, viewCart(db, state));
  });

  app.post(
    '/api/cart/lines',
    { schema: { summary: 'Add to the cart', body: AddLineSchema, ...result } },
    async (request, reply) => {
      const { body, session, cause, headers } = request;
      const add = () => refusing(() => changeCart(context, session.shopperId, { type: 'add-item', ...body }, cause));
      // With a key, an addition whose answer was lost can be asked for again without being made twice.
      if (headers['idempotency-key'] === undefined) return answer(reply, await add());
      return idempotent(request, reply, async () => {
        const { state, position } = await add();
        const result: CartResult = { ...viewCart(db, state), position };
        return { status: 200, body: result, headers: { 'souk-position': String(position) } };
      });
    },
  );

  app.put(
    '/api/cart/lines/:sku',
    { schema: { summary: 'Set a quantity; 0 removes', params: bySku, body: SetQuantitySchema, ...result } },
    async ({ params: { sku }, body: { quantity }, session, cause }, reply) => {
      const command = { type: 'set-quantity', sku, quantity } as const;
      return answer(reply, await refusing(() => changeCart(context, session.shopperId, command, cause)));
    },
  );

  app.delete(
    '/api/cart/lines/:sku',
    { schema: { summary: 'Remove a line', params: bySku, ...result } },
    async ({ params: { sku }, session, cause }, reply) => {
      const command = { type: 'set-quantity', sku, quantity: 0 } as const;
      return answer(reply, await refusing(() => changeCart(context, session.shopperId, command, cause)));
    },
  );

  formRoutes(app, context);
}

/** The same for browsers whose script has not come (yet): a form that answers with a page, never with JSON. */
function formRoutes(app: SoukApp, context: Context): void {
  const text = Type.String({ minLength: 1, maxLength: 200 });
  const addItem = formBody({ sku: text, quantity: Type.Integer({ minimum: 1, maximum: 99, default: 1 }) });
  const setQuantity = formBody({ sku: text, quantity: Type.Integer({ minimum: 0, maximum: 99 }) });

  app.post(
    '/api/cart/requests/add-item',
    { attachValidation: true, schema: { summary: 'Add to the cart, from a form', body: addItem } },
    async (request, reply) => {
      if (request.validationError) return reply.redirect('/cart?problem=invalid', 303);
      const { body, session, cause } = request;
      const command = { type: 'add-item', ...body } as const;
      return reply.redirect(await pageAfter(() => changeCart(context, session.shopperId, command, cause)), 303);
    },
  );

  app.post(
    '/api/cart/requests/set-quantity',
    { attachValidation: true, schema: { summary: 'Set a quantity, from a form', body: setQuantity } },
    async (request, reply) => {
      if (request.validationError) return reply.redirect('/cart?problem=invalid', 303);
      const { body, session, cause } = request;
      const command = { type: 'set-quantity', ...body } as const;
      return reply.redirect(await pageAfter(() => changeCart(context, session.shopperId, command, cause)), 303);
    },
  );
}

/** The page that shows how a form's command went. */
async function pageAfter(command: () => Promise<unknown>): Promise<string> {
  try {
    await refusing(command);
    return '/cart';
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return `/cart?problem=${encodeURIComponent(error.code)}`;
  }
}
