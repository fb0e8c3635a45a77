import type { JsonSchema } from '../json-schema.ts';
import { cents, id, personal, personErased, sku, text } from './fields.ts';

const key = {
  type: 'string',
  minLength: 1,
  maxLength: 300,
  description: 'What it is about, as `order.<orderId>`: a newer notification takes the place of the one before it',
} as const satisfies JsonSchema;

const ofShopper = { type: 'object', required: ['shopperId', 'key'], properties: { shopperId: id, key } } as const;

/** Events of the stream `bell`, by type; subject bell.shopper.<shopperId>. They hold ids and numbers only. */
export const bellSchemas = {
  'bell.notified.v1': {
    description: 'There is something new for a shopper.',
    type: 'object',
    required: ['notificationId', 'shopperId', 'key', 'kind', 'about'],
    properties: {
      notificationId: id,
      shopperId: id,
      key,
      kind: { enum: ['order', 'chat', 'restock', 'price'] },
      about: { type: 'string', minLength: 1, maxLength: 255, description: 'orderId, conversationId or sku' },
      status: { type: 'string', description: 'Where an order stands' },
      fromCents: cents,
      toCents: cents,
    },
  },
  'bell.notifications-read.v1': {
    description: 'The shopper has seen these; one that was replaced meanwhile stays unread.',
    type: 'object',
    required: ['shopperId', 'notificationIds'],
    properties: { shopperId: id, notificationIds: { type: 'array', minItems: 1, items: id } },
  },
  'bell.notification-dismissed.v1': { description: 'Put away by the shopper.', ...ofShopper },
  'bell.notification-restored.v1': { description: 'The shopper has thought better of it.', ...ofShopper },
  'bell.product-watched.v1': {
    description: 'The shopper wants to know, once, when this is back.',
    type: 'object',
    required: ['shopperId', 'sku'],
    properties: { shopperId: id, sku },
  },
  'bell.product-unwatched.v1': {
    type: 'object',
    required: ['shopperId', 'sku'],
    properties: { shopperId: id, sku },
  },
  'bell.device-added.v1': {
    description: 'Messages to the shopper go to this browser, too, when no page of the shop is open.',
    type: 'object',
    required: ['shopperId', 'deviceId', 'subscription'],
    properties: {
      shopperId: id,
      deviceId: id,
      subscription: personal({
        type: 'object',
        required: ['endpoint', 'p256dh', 'auth'],
        properties: { endpoint: text, p256dh: text, auth: text },
      }),
    },
  },
  'bell.device-removed.v1': {
    type: 'object',
    required: ['shopperId', 'deviceId', 'reason'],
    properties: { shopperId: id, deviceId: id, reason: { enum: ['asked', 'gone', 'session-ended'] } },
  },
  'bell.person-erased.v1': personErased,
} as const satisfies Record<string, JsonSchema>;
