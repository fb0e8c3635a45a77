import { createHash } from 'node:crypto';
import type { IntegrationData } from '@souk/shared-events/integration';
import { countries } from '@souk/cart-api';
import type { Cart, Checkout, Delivery } from '@souk/cart-api';
import { Conflict, Invalid } from '@souk/service-kit';
import type { FieldError } from '@souk/service-kit';
import type { OrderEvent } from '../domain/events.ts';
import { isUnderWay } from '../domain/order.ts';
import { currency } from '../domain/totals.ts';
import { RuleBroken } from '../domain/rule-broken.ts';
import { cartOf, viewCart } from '../projections/carts/carts.ts';
import { ordersOf } from '../projections/orders/orders.ts';
import { cartIdOf, shopperOf } from '../cart-id.ts';
import type { Context } from './context.ts';
import { sealCard } from './seal-card.ts';

/** A shopper's wish to buy what is in their cart. */
export type CheckoutRequest = IntegrationData['cart.checkout-requested.v2'];

/**
 * The request that a checkout becomes. The same `operationId` always means the same order, however often it is sent.
 * @param operationId follows from the shopper and their `Idempotency-Key`
 * @throws {Invalid} delivery or payment token
 */
export async function requestCheckout(
  { keys, provider }: Context,
  shopperId: string,
  operationId: string,
  { delivery, paymentToken, expectedTotalCents }: Checkout,
): Promise<CheckoutRequest> {
  checkDelivery(delivery);
  const payment = await provider.describe(paymentToken, shopperId);
  if (payment === null) throw unknownToken();
  return {
    ...{ cartId: cartIdOf(shopperId), orderId: orderIdOf(operationId), expectedTotalCents },
    delivery: keys.seal(shopperId, delivery),
    payment: sealCard(keys, shopperId, payment),
  };
}

/**
 * Turns a cart into an order, at the prices and with the stock of this moment.
 * @throws {RuleBroken} `cart-empty`, `not-enough-stock`
 * @throws {Conflict} `price-changed` (with the cart), `checkout-in-progress` (with the order)
 */
export function decideOrder(
  { db }: Context,
  request: CheckoutRequest,
): Extract<OrderEvent, { type: 'cart.order-placed.v2' }> {
  const { cartId, orderId, expectedTotalCents, delivery, payment } = request;
  const shopperId = shopperOf(cartId);
  const underWay = ordersOf(db, shopperId).find((order) => isUnderWay(order.status));
  if (underWay) throw inProgress(underWay.orderId);

  const cart = viewCart(db, cartOf(db, cartId).state);
  checkCart(cart, expectedTotalCents);
  const { subtotalCents, shippingCents, taxCents, totalCents } = cart;
  const lines = cart.lines.map(({ sku, slug, title, variant, quantity, unitPriceCents, picture }) => ({
    ...{ sku, slug, title, variant, quantity, unitPriceCents },
    ...(picture && { picture: picture.src }),
  }));
  const sums = { subtotalCents, shippingCents, taxCents, totalCents, currency } as const;
  const data = { orderId, cartId, shopperId, lines, ...sums, delivery, payment };
  return { type: 'cart.order-placed.v2', data };
}

/** Hex, because people read order numbers out. */
function orderIdOf(operationId: string): string {
  return `o_${createHash('sha256').update(operationId).digest('hex').slice(0, 24)}`;
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
