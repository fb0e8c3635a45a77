import { createHash } from 'node:crypto';
import { subjects } from '@souk/shared-events/integration';
import { isDeepStrictEqual } from 'node:util';
import { countries } from '@souk/cart-api';
import type { Cart, Checkout, Delivery, OrderPlaced } from '@souk/cart-api';
import { Conflict, Invalid, Unprocessable } from '@souk/service-kit';
import type { FieldError } from '@souk/service-kit';
import type { OrderEvent } from '../domain/events.ts';
import { isUnderWay } from '../domain/order.ts';
import { currency } from '../domain/totals.ts';
import { RuleBroken } from '../domain/rule-broken.ts';
import { cartOf, viewCart } from '../projections/carts/carts.ts';
import { ordersOf } from '../projections/orders/orders.ts';
import { cartIdOf } from '../cart-id.ts';
import type { Context, Trail } from './context.ts';
import { isWrongRevision, readOrder } from './log.ts';

/**
 * Turns the shopper's cart into an order. The same `operationId` always means the same order, however often it is sent,
 * also after a crash that lost the first answer.
 * @param operationId follows from the shopper and their `Idempotency-Key`
 * @throws {Unprocessable} `idempotency-key-reused`: the same key with other content
 * @throws {Conflict} `cart-empty`, `price-changed` (with the cart), `not-enough-stock`, `checkout-in-progress`
 * @throws {Invalid} delivery or payment token
 * @throws {Stale} our own view lags; to be asked again
 */
export async function placeOrder(
  context: Context,
  shopperId: string,
  operationId: string,
  wish: Checkout,
  trail: Trail,
): Promise<OrderPlaced> {
  const { channel, db, cart: projection, inTurn } = context;
  const cartId = cartIdOf(shopperId);
  const orderId = orderIdOf(operationId);

  return inTurn(cartId, async () => {
    const earlier = await placedBefore(context, orderId, wish);
    if (earlier) return earlier;
    checkDelivery(wish.delivery);
    const payment = await context.provider.describe(wish.paymentToken, shopperId);
    if (payment === null) throw unknownToken();
    // A view that lags would not know of an order that this cart was bought by a moment ago.
    await context.upToDate();
    const underWay = ordersOf(db, shopperId).find((order) => isUnderWay(order.status));
    if (underWay) throw inProgress(underWay.orderId);

    const { state } = cartOf(db, cartId);
    const cart = viewCart(db, state);
    checkCart(cart, wish.expectedTotalCents);
    const { subtotalCents, shippingCents, taxCents, totalCents } = cart;
    const lines = cart.lines.map(({ sku, slug, title, variant, quantity, unitPriceCents, picture }) => ({
      ...{ sku, slug, title, variant, quantity, unitPriceCents },
      ...(picture && { picture: picture.src }),
    }));
    const placed: OrderEvent = {
      type: 'cart.order-placed.v1',
      data: {
        ...{ orderId, cartId, shopperId, lines, subtotalCents, shippingCents, taxCents, totalCents, currency },
        delivery: wish.delivery,
        payment,
      },
    };
    try {
      const expect = 'no-stream';
      const { position } = await channel.append(subjects.order(orderId), [context.envelope(placed, trail)], { expect });
      await context.readable(position);
      return { orderId, status: 'placed', position };
    } catch (error) {
      if (!isWrongRevision(error)) throw error;
      // Another replica took the same request at the same moment.
      const theirs = await placedBefore(context, orderId, wish);
      return theirs ?? { orderId, status: 'placed', position: projection.position() };
    }
  });
}

/** Hex, because people read order numbers out. */
function orderIdOf(operationId: string): string {
  return `o_${createHash('sha256').update(operationId).digest('hex').slice(0, 24)}`;
}

async function placedBefore({ channel }: Context, orderId: string, wish: Checkout): Promise<OrderPlaced | undefined> {
  const logged = await readOrder(channel, orderId);
  if (logged === undefined) return undefined;
  const { placed, order, revision } = logged;
  const same =
    isDeepStrictEqual({ ...placed.delivery }, { ...wish.delivery }) &&
    placed.payment.token === wish.paymentToken &&
    placed.totalCents === wish.expectedTotalCents;
  if (!same)
    throw new Unprocessable('idempotency-key-reused', 'This Idempotency-Key was used for another checkout already.');
  return { orderId, status: order.status, position: revision };
}

function checkCart(cart: Cart, expectedTotalCents: number): void {
  if (cart.lines.length === 0) throw new RuleBroken('cart-empty', 'Your cart is empty.');
  const short = cart.lines.find((line) => line.problem !== undefined);
  if (short) {
    const { sku, title, available } = short;
    const message = available === 0 ? `${title} is sold out.` : `Only ${available} left of ${title}.`;
    throw new RuleBroken('not-enough-stock', message, { sku, available });
  }
  if (cart.totalCents !== expectedTotalCents)
    throw new Conflict('price-changed', 'A price has changed. Please look at the new total.', { details: { cart } });
}

function checkDelivery(delivery: Delivery): void {
  const errors: FieldError[] = [];
  const wrong = (field: keyof Delivery, detail: string) => errors.push({ pointer: `/body/delivery/${field}`, detail });
  if (delivery.name.trim() === '') wrong('name', 'Enter your full name');
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(delivery.email))
    wrong('email', 'Enter an email address like name@example.com');
  if (delivery.street.trim() === '') wrong('street', 'Enter the street and number');
  if (delivery.city.trim() === '') wrong('city', 'Enter the city');
  if (!/^[\p{L}\p{N}][\p{L}\p{N} -]{1,}$/u.test(delivery.postcode.trim())) wrong('postcode', 'Enter the postcode');
  if (!(countries as readonly string[]).includes(delivery.country)) wrong('country', 'Choose a country we deliver to');
  if (errors.length > 0) throw new Invalid('invalid', 'Please check the delivery address.', { errors });
}

/** The token is unknown, over, or another shopper's: all the same from outside. */
export function unknownToken(): Invalid {
  const errors = [{ pointer: '/body/paymentToken', detail: 'Enter the card again' }];
  return new Invalid('payment-token-unknown', 'Please enter the card again.', { errors });
}

function inProgress(orderId: string): Conflict {
  const message = 'Your last order is still being processed. Please wait a moment.';
  return new Conflict('checkout-in-progress', message, { details: { orderId } });
}
