import type { JsonSchema } from '../json-schema.ts';
import {
  cents,
  currency,
  id,
  line,
  lines,
  personal,
  personErased,
  quantity,
  shortages,
  sku,
  slug,
  text,
} from './fields.ts';

const orderLine = {
  type: 'object',
  required: ['sku', 'slug', 'title', 'variant', 'quantity', 'unitPriceCents'],
  properties: {
    sku,
    slug,
    title: text,
    variant: { type: 'string', description: 'Options as the shopper reads them; empty when there are none' },
    quantity,
    unitPriceCents: cents,
    picture: text,
  },
} as const satisfies JsonSchema;

const delivery = personal({
  type: 'object',
  required: ['name', 'email', 'street', 'city', 'postcode', 'country'],
  properties: { name: text, email: text, street: text, city: text, postcode: text, country: text },
});

const attempt = { type: 'integer', minimum: 1, description: 'Which card of the order, from 1' } as const;
const key = { type: 'string', description: 'Under which the provider knows this payment' } as const;

const payment = {
  description: 'A token of the provider. The number of the card is never in an event.',
  type: 'object',
  required: ['token', 'brand', 'last4'],
  properties: { token: text, brand: text, last4: personal({ type: 'string', pattern: '^[0-9]{4}$' }) },
} as const satisfies JsonSchema;

/** Events of the stream `cart`, by type. */
export const cartSchemas = {
  'cart.change-requested.v1': {
    description:
      'A shopper wants this; answered by cart.item-quantity-set. This and the next: subject cart.request.<cartId>.',
    type: 'object',
    required: ['cartId', 'change', 'sku', 'quantity'],
    properties: {
      cartId: id,
      change: { enum: ['add-item', 'set-quantity'] },
      sku,
      quantity: { type: 'integer', minimum: 0, maximum: 99 },
    },
  },
  'cart.checkout-requested.v2': {
    description: 'A shopper wants to buy the cart; answered by cart.order-placed. The total is the one they saw.',
    type: 'object',
    required: ['cartId', 'orderId', 'expectedTotalCents', 'delivery', 'payment'],
    properties: { cartId: id, orderId: id, expectedTotalCents: cents, delivery, payment },
  },
  'cart.other-card-requested.v2': {
    description: 'A shopper wants to pay an order with another card; answered by cart.payment-changed.',
    type: 'object',
    required: ['cartId', 'orderId', 'payment'],
    properties: { cartId: id, orderId: id, payment },
  },
  'cart.request-refused.v1': {
    description: 'The answer to one of the three above when it is no; nothing has happened.',
    type: 'object',
    required: ['cartId', 'code', 'detail'],
    properties: {
      cartId: id,
      code: { type: 'string', minLength: 1, description: 'As in a problem document: not-enough-stock' },
      detail: { type: 'string', description: 'For the shopper' },
      details: { type: 'object', description: 'More members of the problem document: sku, available, orderId' },
    },
  },
  'cart.item-quantity-set.v1': {
    description:
      'The resulting quantity of one variant; 0 is removed. Each shopper has one cart, `c_<shopperId>`. ' +
      'Subject cart.cart.<cartId>.',
    type: 'object',
    required: ['cartId', 'sku', 'quantity'],
    properties: { cartId: id, sku, quantity: { type: 'integer', minimum: 0, maximum: 99 } },
  },
  'cart.checked-out.v1': {
    description: 'These pieces were bought and leave the cart. Subject cart.cart.<cartId>.',
    type: 'object',
    required: ['cartId', 'orderId', 'lines'],
    properties: { cartId: id, orderId: id, lines },
  },
  'cart.handed-over.v1': {
    description: 'A guest signed in: all that lay in this cart goes into the customer’s. Subject cart.cart.<cartId>.',
    type: 'object',
    required: ['cartId', 'toCartId', 'lines'],
    properties: { cartId: id, toCartId: id, lines: { type: 'array', items: line } },
  },
  'cart.taken-in.v1': {
    description:
      'What another cart handed over lies in this one: the quantities that there are now, and of which there are fewer ' +
      'than both carts had together. Subject cart.cart.<cartId>.',
    type: 'object',
    required: ['cartId', 'fromCartId', 'handOverId', 'lines', 'capped'],
    properties: {
      cartId: id,
      fromCartId: id,
      handOverId: { ...text, description: 'Event that handed it over' },
      lines: { type: 'array', items: line },
      capped: {
        type: 'array',
        items: {
          type: 'object',
          required: ['sku', 'wanted', 'quantity'],
          properties: { sku, wanted: quantity, quantity },
        },
      },
    },
  },
  'cart.order-placed.v2': {
    description: 'Totals are the server’s. This and all below: subject cart.order.<orderId>.',
    type: 'object',
    required: [
      'orderId',
      'cartId',
      'shopperId',
      'lines',
      'subtotalCents',
      'shippingCents',
      'taxCents',
      'totalCents',
      'currency',
      'delivery',
      'payment',
    ],
    properties: {
      orderId: id,
      cartId: id,
      shopperId: id,
      lines: { type: 'array', minItems: 1, items: orderLine },
      subtotalCents: cents,
      shippingCents: cents,
      taxCents: { type: 'integer', minimum: 0, description: 'VAT contained in the total, in cents' },
      totalCents: cents,
      currency,
      delivery,
      payment,
    },
  },
  'cart.payment-changed.v2': {
    description: 'Another card for an order whose last one was declined or got no answer. Attempts count from 1.',
    type: 'object',
    required: ['orderId', 'attempt', 'payment'],
    properties: { orderId: id, attempt: { type: 'integer', minimum: 2 }, payment },
  },
  'cart.payment-authorized.v1': {
    description: 'The provider holds the amount; nothing is charged yet.',
    type: 'object',
    required: ['orderId', 'authorizationId', 'amountCents', 'currency'],
    properties: { orderId: id, attempt, key, authorizationId: id, amountCents: cents, currency },
  },
  'cart.payment-action-required.v1': {
    description: 'The shopper’s bank wants them to confirm the payment; nothing is held until they do.',
    type: 'object',
    required: ['orderId', 'attempt', 'key'],
    properties: { orderId: id, attempt, key },
  },
  'cart.payment-declined.v1': {
    type: 'object',
    required: ['orderId', 'reason'],
    properties: { orderId: id, attempt, reason: { enum: ['card-declined', 'insufficient-funds', 'not-confirmed'] } },
  },
  'cart.payment-unanswered.v1': {
    description: 'The provider did not answer in time; nothing was charged.',
    type: 'object',
    required: ['orderId', 'attempts'],
    properties: { orderId: id, attempt, attempts: { type: 'integer', minimum: 1 } },
  },
  'cart.payment-authorization-requested.v1': {
    description:
      'Asks for the amount to be held. This and the other requests: a saga’s, subject cart.saga.<orderId>-<attempt>.',
    type: 'object',
    required: ['orderId', 'attempt', 'token', 'amountCents', 'currency'],
    properties: { orderId: id, attempt, token: text, amountCents: cents, currency },
  },
  'cart.payment-authentication-requested.v1': {
    description:
      'Asks for the shopper to confirm the payment with their bank; answered at once where nothing is to confirm.',
    type: 'object',
    required: ['orderId', 'attempt', 'key', 'token', 'amountCents', 'currency'],
    properties: { orderId: id, attempt, key, token: text, amountCents: cents, currency },
  },
  'cart.stock-requested.v1': {
    description: 'Asks the catalog to set stock aside.',
    type: 'object',
    required: ['orderId', 'lines'],
    properties: { orderId: id, lines },
  },
  'cart.payment-capture-requested.v1': {
    description: 'Asks for the amount that is held to be charged.',
    type: 'object',
    required: ['orderId', 'attempt', 'key', 'amountCents', 'currency'],
    properties: { orderId: id, attempt, key, amountCents: cents, currency },
  },
  'cart.payment-captured.v1': {
    description: 'The amount is charged.',
    type: 'object',
    required: ['orderId'],
    properties: { orderId: id, attempt, authorizationId: id, amountCents: cents, currency },
  },
  'cart.payment-capture-refused.v1': {
    description: 'What was held is gone; nothing is charged.',
    type: 'object',
    required: ['orderId', 'attempt'],
    properties: { orderId: id, attempt },
  },
  'cart.payment-void-requested.v1': {
    description: 'Asks the provider to let go of the amount, or to give it back when it is charged already.',
    type: 'object',
    required: ['orderId', 'attempt', 'amountCents'],
    properties: { orderId: id, attempt, amountCents: cents },
  },
  'cart.payment-voided.v1': {
    description: 'The provider lets go of the amount.',
    type: 'object',
    required: ['orderId'],
    properties: { orderId: id, attempt, authorizationId: id },
  },
  'cart.payment-refunded.v1': {
    description: 'The amount was charged and is given back.',
    type: 'object',
    required: ['orderId', 'attempt', 'amountCents'],
    properties: { orderId: id, attempt, amountCents: cents },
  },
  'cart.stock-release-requested.v1': {
    description: 'Asks the catalog to free what it set aside.',
    type: 'object',
    required: ['orderId'],
    properties: { orderId: id },
  },
  'cart.person-erased.v1': personErased,
  'cart.order-confirmation-requested.v1': {
    description: 'Asks for the goods to leave the cart and the order to be confirmed.',
    type: 'object',
    required: ['orderId', 'attempt', 'cartId', 'lines'],
    properties: { orderId: id, attempt, cartId: id, lines },
  },
  'cart.order-confirmed.v1': { type: 'object', required: ['orderId'], properties: { orderId: id } },
  'cart.order-rejected.v1': {
    type: 'object',
    required: ['orderId', 'reason'],
    properties: {
      orderId: id,
      reason: { type: 'string', minLength: 1, description: 'A code: sold-out, payment-failed, unanswered' },
      shortages,
    },
  },
} as const satisfies Record<string, JsonSchema>;
