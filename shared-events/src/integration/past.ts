import type { JsonSchema } from '../json-schema.ts';
import { cents, currency, id, quantity, sku, slug, text } from './fields.ts';

const delivery = {
  type: 'object',
  required: ['name', 'email', 'street', 'city', 'postcode', 'country'],
  properties: { name: text, email: text, street: text, city: text, postcode: text, country: text },
} as const satisfies JsonSchema;

const payment = {
  type: 'object',
  required: ['token', 'brand', 'last4'],
  properties: { token: text, brand: text, last4: { type: 'string', pattern: '^[0-9]{4}$' } },
} as const satisfies JsonSchema;

/**
 * Types that stand in logs and that nobody writes any more, with the schema they were written by. Their schemas never
 * change; `upcast` brings each to the current version.
 */
export const pastSchemas = {
  'cart.checkout-requested.v1': {
    description: 'Address and card in the clear',
    type: 'object',
    required: ['cartId', 'orderId', 'expectedTotalCents', 'delivery', 'payment'],
    properties: { cartId: id, orderId: id, expectedTotalCents: cents, delivery, payment },
  },
  'cart.other-card-requested.v1': {
    description: 'Card in the clear',
    type: 'object',
    required: ['cartId', 'orderId', 'payment'],
    properties: { cartId: id, orderId: id, payment },
  },
  'cart.order-placed.v1': {
    description: 'Address and card in the clear',
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
      lines: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['sku', 'slug', 'title', 'variant', 'quantity', 'unitPriceCents'],
          properties: { sku, slug, title: text, variant: text, quantity, unitPriceCents: cents, picture: text },
        },
      },
      subtotalCents: cents,
      shippingCents: cents,
      taxCents: cents,
      totalCents: cents,
      currency,
      delivery,
      payment,
    },
  },
  'cart.payment-changed.v1': {
    description: 'Card in the clear',
    type: 'object',
    required: ['orderId', 'attempt', 'payment'],
    properties: { orderId: id, attempt: { type: 'integer', minimum: 2 }, payment },
  },
  'chat.message-posted.v1': {
    description: 'Text in the clear',
    type: 'object',
    required: ['conversationId', 'messageId', 'clientMsgId', 'seq', 'from', 'author', 'text'],
    properties: {
      conversationId: id,
      messageId: id,
      clientMsgId: { type: 'string', minLength: 1, maxLength: 100 },
      seq: { type: 'integer', minimum: 1 },
      from: { enum: ['shopper', 'staff', 'shop'] },
      author: text,
      text,
      about: {
        anyOf: [
          { type: 'null' },
          {
            type: 'object',
            required: ['kind', 'id'],
            properties: { kind: { enum: ['product', 'order'] }, id: { type: 'string', minLength: 1, maxLength: 200 } },
          },
        ],
      },
    },
  },
} as const satisfies Record<string, JsonSchema>;
