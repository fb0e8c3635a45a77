// Fields that many events share, so that each is described once.
import type { JsonSchema } from '../json-schema.ts';

export const id = { type: 'string', minLength: 1, maxLength: 64 } as const satisfies JsonSchema;
export const slug = { type: 'string', minLength: 1, maxLength: 200 } as const satisfies JsonSchema;
export const sku = { type: 'string', minLength: 1, maxLength: 255 } as const satisfies JsonSchema;
export const text = { type: 'string' } as const satisfies JsonSchema;
export const cents = {
  type: 'integer',
  minimum: 0,
  description: 'Cents of the currency',
} as const satisfies JsonSchema;
export const currency = { const: 'EUR' } as const satisfies JsonSchema;
export const quantity = { type: 'integer', minimum: 1 } as const satisfies JsonSchema;

/** Data about a person: sealed for the person, or in the clear where that is nobody's or was recorded before there were seals. */
export const personal = <const Value extends JsonSchema>(value: Value) =>
  ({
    anyOf: [
      { type: 'object', required: ['plain'], properties: { plain: value } },
      {
        description:
          'AES-256-GCM, with a key that can be shredded; `person` is a shopperId, `iv` and `data` are base64url',
        type: 'object',
        required: ['sealed', 'person', 'key', 'iv', 'data'],
        properties: { sealed: { const: 'v1' }, person: id, key: id, iv: text, data: text },
      },
    ],
  }) as const satisfies JsonSchema;

/** What a backend says when it has erased a person; the subject is `<owner>.person.<personId>`. */
export const personErased = {
  description: 'The person’s key is shredded, and what no key protects is gone.',
  type: 'object',
  required: ['personId', 'unsealed'],
  properties: {
    personId: id,
    unsealed: {
      type: 'integer',
      minimum: 0,
      description: 'Events about the person from before there were seals: these stay readable in the log',
    },
  },
} as const satisfies JsonSchema;

/** Pieces of one variant. */
export const line = {
  type: 'object',
  required: ['sku', 'quantity'],
  properties: { sku, quantity },
} as const satisfies JsonSchema;

export const lines = { type: 'array', minItems: 1, items: line } as const satisfies JsonSchema;

/** A variant of which less is there than wanted. */
export const shortages = {
  type: 'array',
  minItems: 1,
  items: {
    type: 'object',
    required: ['sku', 'wanted', 'available'],
    properties: { sku, wanted: quantity, available: { type: 'integer', minimum: 0 } },
  },
} as const satisfies JsonSchema;
