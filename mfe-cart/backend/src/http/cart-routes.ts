import { CartSchema } from '@souk/cart-api';
import { ApiError, formBody, sendWithEtag } from '@souk/service-kit';
import type { SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import { cartIdOf } from '../cart-id.ts';
import { changeCart } from '../commands/change-cart.ts';
import type { Context } from '../commands/context.ts';
import { cartOf, viewCart } from '../projections/carts/carts.ts';
import { refusing } from '../commands/refusals.ts';

/** The cart, and the forms that change it. */
export function cartRoutes(app: SoukApp, context: Context): void {
  const { db } = context;

  app.get('/api/cart', { schema: { summary: 'The cart', response: { 200: CartSchema } } }, async (request, reply) => {
    const { state } = cartOf(db, cartIdOf(request.session.shopperId));
    return sendWithEtag(request, reply, viewCart(db, state));
  });

  formRoutes(app, context);
}

/** Commands of browsers whose script has not come (yet): a form that answers with a page, never with JSON. */
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
      const change = { cartId: cartIdOf(session.shopperId), change: 'add-item', ...body } as const;
      return reply.redirect(await pageAfter(() => changeCart(context, change, cause)), 303);
    },
  );

  app.post(
    '/api/cart/requests/set-quantity',
    { attachValidation: true, schema: { summary: 'Set a quantity, from a form', body: setQuantity } },
    async (request, reply) => {
      if (request.validationError) return reply.redirect('/cart?problem=invalid', 303);
      const { body, session, cause } = request;
      const change = { cartId: cartIdOf(session.shopperId), change: 'set-quantity', ...body } as const;
      return reply.redirect(await pageAfter(() => changeCart(context, change, cause)), 303);
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
