import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { cents, currency, id, quantity, slug, text } from './fields.ts';

const at = { type: 'string', description: 'ISO 8601 UTC' } as const satisfies JsonSchema;
const status = {
  enum: ['placed', 'authorized', 'reserved', 'confirmed', 'payment-declined', 'sold-out', 'payment-failed'],
} as const satisfies JsonSchema;

const waitsFor = {
  enum: ['payment', 'stock', 'other-card', 'nothing'],
  description: 'What has to come next',
} as const satisfies JsonSchema;
const delayed = {
  enum: ['payment', 'stock', 'person'],
  description: 'It takes longer than usual: one of these does not answer, or a person has to look at it',
} as const satisfies JsonSchema;
const timeline = {
  type: 'array',
  items: { type: 'object', required: ['status', 'at'], properties: { status, at } },
} as const satisfies JsonSchema;
const goods = { slug, title: text, variant: text, quantity } as const;

/**
 * What one backend asks another by `request` and `respond` over the channel: at most once, kept by nobody. For questions
 * only; what shall happen is an event.
 */
export const askSchemas = {
  'souk-ask.cart.order-status': {
    description: 'Where is this order of this shopper? Unknown and another shopper’s are the same answer.',
    owner: 'cart',
    request: {
      type: 'object',
      required: ['orderId', 'shopperId'],
      properties: { orderId: id, shopperId: id },
    },
    reply: {
      anyOf: [
        { type: 'object', required: ['known'], properties: { known: { const: false } } },
        {
          type: 'object',
          required: ['known', 'status', 'waitsFor', 'timeline'],
          properties: {
            known: { const: true },
            status,
            waitsFor,
            delayed,
            timeline,
          },
        },
      ],
    },
  },
  'souk-ask.cart.shopper-overview': {
    description:
      'What has this shopper in the cart and ordered, and the name on the latest order? No address, no card.',
    owner: 'cart',
    request: { type: 'object', required: ['shopperId'], properties: { shopperId: id } },
    reply: {
      type: 'object',
      required: ['name', 'cart', 'orders', 'more'],
      properties: {
        name: { anyOf: [{ type: 'null' }, text], description: 'Null without an order, or when it is erased' },
        cart: {
          type: 'object',
          required: ['lines', 'totalCents', 'currency'],
          properties: {
            lines: {
              type: 'array',
              items: {
                type: 'object',
                required: ['slug', 'title', 'variant', 'quantity', 'lineTotalCents'],
                properties: { ...goods, lineTotalCents: cents },
              },
            },
            totalCents: cents,
            currency,
          },
        },
        orders: {
          type: 'array',
          description: 'Newest first, up to 20',
          items: {
            type: 'object',
            required: ['orderId', 'status', 'waitsFor', 'placedAt', 'totalCents', 'currency', 'lines', 'timeline'],
            properties: {
              ...{ orderId: id, status, waitsFor, delayed, placedAt: at, totalCents: cents, currency, timeline },
              lines: {
                type: 'array',
                items: { type: 'object', required: ['slug', 'title', 'variant', 'quantity'], properties: goods },
              },
            },
          },
        },
        more: { type: 'integer', minimum: 0, description: 'Orders older than these' },
      },
    },
  },
} as const satisfies Record<string, Ask>;

/** One question between backends. */
export interface Ask {
  readonly description: string;
  /** The backend that answers. */
  readonly owner: string;
  readonly request: JsonSchema;
  readonly reply: JsonSchema;
}

/** Subject of a question. Its first token is no stream, so no log keeps it. */
export type AskSubject = keyof typeof askSchemas;

/** Data of each question and its answer: `AskData['souk-ask.cart.order-status']['reply']`. */
export type AskData = {
  readonly [Subject in AskSubject]: {
    readonly request: FromSchema<(typeof askSchemas)[Subject]['request']>;
    readonly reply: FromSchema<(typeof askSchemas)[Subject]['reply']>;
  };
};
