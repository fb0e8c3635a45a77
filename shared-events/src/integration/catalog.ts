import type { JsonSchema } from '../json-schema.ts';
import { cents, currency, id, lines, shortages, sku, slug, text } from './fields.ts';

const picture = {
  type: 'object',
  required: ['src', 'width', 'height', 'alt'],
  properties: {
    src: text,
    width: { type: 'integer', minimum: 1, description: 'CSS pixels' },
    height: { type: 'integer', minimum: 1, description: 'CSS pixels' },
    alt: text,
    srcset: text,
  },
} as const satisfies JsonSchema;

const variant = {
  type: 'object',
  required: ['sku', 'options', 'priceCents', 'currency'],
  properties: {
    sku,
    options: { type: 'object', additionalProperties: text, description: 'Value of each option, by option name' },
    priceCents: cents,
    compareAtCents: cents,
    currency,
    picture: { type: 'string', description: 'src of one of the pictures' },
  },
} as const satisfies JsonSchema;

/** Events of the stream `catalog`, by type. */
export const catalogSchemas = {
  'catalog.product-published.v1': {
    description: 'The whole product, each time it changes. Subject catalog.product.<slug>.',
    type: 'object',
    required: [
      'slug',
      'title',
      'description',
      'category',
      'vendor',
      'tags',
      'details',
      'status',
      'options',
      'variants',
      'pictures',
    ],
    properties: {
      slug,
      title: text,
      description: text,
      category: {
        type: 'object',
        required: ['slug', 'title'],
        properties: { slug, title: text },
      },
      vendor: text,
      tags: { type: 'array', items: text },
      details: { type: 'array', items: text },
      status: { enum: ['active', 'archived'] },
      options: {
        type: 'array',
        items: {
          type: 'object',
          required: ['name', 'values'],
          properties: { name: text, values: { type: 'array', items: text } },
        },
      },
      variants: { type: 'array', items: variant },
      pictures: { type: 'array', items: picture },
    },
  },
  'catalog.stock-counted.v1': {
    description: 'Absolute count by an import or by staff. Subject catalog.stock.<sku token>.',
    type: 'object',
    required: ['sku', 'quantity'],
    properties: { sku, quantity: { type: 'integer', minimum: 0 } },
  },
  'catalog.stock-reserved.v1': {
    description: 'The stock of an order is set aside. Subject catalog.reservation.<orderId>.',
    type: 'object',
    required: ['orderId', 'lines'],
    properties: { orderId: id, lines },
  },
  'catalog.stock-rejected.v1': {
    description: 'The stock does not suffice; nothing is set aside. Subject catalog.reservation.<orderId>.',
    type: 'object',
    required: ['orderId', 'shortages'],
    properties: { orderId: id, shortages },
  },
  'catalog.stock-held.v1': {
    description: 'Asked again: the stock of this order is set aside already, and nothing moves. Same subject.',
    type: 'object',
    required: ['orderId', 'lines'],
    properties: { orderId: id, lines },
  },
  'catalog.stock-not-held.v1': {
    description: 'Asked to free what is not set aside (any more): nothing moves. Same subject.',
    type: 'object',
    required: ['orderId'],
    properties: { orderId: id },
  },
  'catalog.stock-released.v1': {
    description: 'What was set aside is free again. Subject catalog.reservation.<orderId>.',
    type: 'object',
    required: ['orderId', 'lines'],
    properties: { orderId: id, lines },
  },
} as const satisfies Record<string, JsonSchema>;
