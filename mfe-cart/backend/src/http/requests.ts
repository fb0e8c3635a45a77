import {
  AddLineSchema,
  CartResultSchema,
  CheckoutSchema,
  OrderPlacedSchema,
  PayAgainSchema,
  SetQuantitySchema,
} from '@souk/cart-api';
import type { CartResult, OrderPlaced } from '@souk/cart-api';
import type { Recorded } from '@souk/event-channel';
import { defineCommand } from '@souk/service-kit';
import type { Command, CommandInput } from '@souk/service-kit';
import { subjects } from '@souk/shared-events/integration';
import { Type } from 'typebox';
import { cartIdOf, shopperOf } from '../cart-id.ts';
import { decideChange } from '../commands/change-cart.ts';
import type { CartChange } from '../commands/change-cart.ts';
import type { Context } from '../commands/context.ts';
import { decideOtherCard, requestOtherCard } from '../commands/pay-again.ts';
import { decideOrder, requestCheckout } from '../commands/place-order.ts';
import { refused, refusing } from '../commands/refusals.ts';
import type { CartRequest } from '../domain/events.ts';
import { cartOf, viewCart } from '../projections/carts/carts.ts';
import { bySku, byOrder } from './params.ts';

/**
 * What shoppers ask of their carts and orders, declared: route, schema, OpenAPI, waiting for the answer and metrics follow.
 * What our own view refuses already is refused before it becomes an event; the handler has the last word.
 */
export function cartCommands(context: Context): readonly Command[] {
  return [...changeCommands(context), checkoutCommand(context), otherCardCommand(context)];
}

const shared = {
  stream: 'cart',
  owner: ({ cartId }: CartRequest['data']) => shopperOf(cartId),
  failure: { 'cart.request-refused.v1': refused },
};

function changeCommands(context: Context): readonly Command[] {
  const { db } = context;
  const reply = {
    body: CartResultSchema,
    async of({ event, position }: Recorded) {
      await context.readable(position);
      const { cartId } = event.data as { cartId: string };
      const body: CartResult = { ...viewCart(db, cartOf(db, cartId).state), position };
      return { body };
    },
  };
  const success = { 'cart.item-quantity-set.v1': Type.Object({}) };
  const change = { ...shared, name: 'change-cart', type: 'cart.change-requested.v1', success, reply };
  const requestOf = ({ session }: CommandInput, wish: Omit<CartChange, 'cartId'>) =>
    refusing(() => {
      const data: CartChange = { cartId: cartIdOf(session.shopperId), ...wish };
      decideChange(context, data, cartOf(db, data.cartId).state);
      return { subject: subjects.cartRequest(data.cartId), data };
    });

  return [
    defineCommand({
      ...{ ...change, summary: 'Add to the cart', path: '/api/cart/lines', body: AddLineSchema },
      toEvent: (input) => requestOf(input, { change: 'add-item', ...input.body }),
    }),
    defineCommand({
      ...{ ...change, summary: 'Set a quantity; 0 removes', method: 'PUT', path: '/api/cart/lines/:sku' },
      ...{ params: bySku, body: SetQuantitySchema },
      toEvent: (input) => requestOf(input, { change: 'set-quantity', ...input.params, ...input.body }),
    }),
    defineCommand({
      ...{ ...change, summary: 'Remove a line', method: 'DELETE', path: '/api/cart/lines/:sku', params: bySku },
      toEvent: (input) => requestOf(input, { change: 'set-quantity', ...input.params, quantity: 0 }),
    }),
  ];
}

function checkoutCommand(context: Context): Command {
  return defineCommand({
    ...{ ...shared, name: 'checkout', type: 'cart.checkout-requested.v2', idempotencyKey: 'required' },
    ...{ summary: 'Place the order', path: '/api/cart/checkout', body: CheckoutSchema },
    toEvent: ({ body, session: { shopperId }, operationId }) =>
      refusing(async () => {
        const data = await requestCheckout(context, shopperId, operationId, body);
        await context.upToDate();
        decideOrder(context, data);
        return { subject: subjects.cartRequest(data.cartId), data };
      }),
    success: { 'cart.order-placed.v2': Type.Object({}) },
    reply: { status: 201, body: OrderPlacedSchema, of: placedOrder(context) },
  });
}

function otherCardCommand(context: Context): Command {
  return defineCommand({
    ...{ ...shared, name: 'pay-again', type: 'cart.other-card-requested.v2' },
    ...{ summary: 'Another card for a declined order', path: '/api/cart/orders/:orderId/payment' },
    ...{ params: byOrder, body: PayAgainSchema },
    toEvent: ({ params: { orderId }, body: { paymentToken }, session: { shopperId } }) =>
      refusing(async () => {
        const data = await requestOtherCard(context, shopperId, orderId, paymentToken);
        await context.upToDate();
        await decideOtherCard(context, data);
        return { subject: subjects.cartRequest(data.cartId), data };
      }),
    success: { 'cart.payment-changed.v2': Type.Object({}) },
    reply: { body: OrderPlacedSchema, of: placedOrder(context) },
  });
}

/** Where the order is that can be looked at now. */
function placedOrder({ readable }: Context) {
  return async ({ event, position }: Recorded) => {
    await readable(position);
    const { orderId } = event.data as { orderId: string };
    const body: OrderPlaced = { orderId, status: 'placed', position };
    return { body, headers: { location: `/orders/${orderId}` } };
  };
}
