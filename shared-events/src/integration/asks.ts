import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { id } from './fields.ts';

const at = { type: 'string', description: 'ISO 8601 UTC' } as const satisfies JsonSchema;
const status = {
  enum: ['placed', 'authorized', 'reserved', 'confirmed', 'payment-declined', 'sold-out', 'payment-failed'],
} as const satisfies JsonSchema;

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
            waitsFor: { enum: ['payment', 'stock', 'other-card', 'nothing'], description: 'What has to come next' },
            timeline: {
              type: 'array',
              items: { type: 'object', required: ['status', 'at'], properties: { status, at } },
            },
          },
        },
      ],
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
