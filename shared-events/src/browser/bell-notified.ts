import { isBellNotified } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link BellNotifiedDetail}. */
export const bellNotifiedSchema = {
  type: 'object',
  required: ['notificationId', 'kind', 'about', 'unread'],
  properties: {
    notificationId: { type: 'string', minLength: 1, maxLength: 64 },
    kind: { enum: ['order', 'chat', 'restock', 'price'] },
    about: { type: 'string', minLength: 1, maxLength: 255, description: 'Id of the order or conversation, or a slug' },
    unread: { type: 'integer', minimum: 0 },
  },
} as const satisfies JsonSchema;

/** Detail of {@link BellNotified}. */
export type BellNotifiedDetail = FromSchema<typeof bellNotifiedSchema>;

/** There is a notification for this shopper (pushed); what it says is asked of the backend. */
export class BellNotified extends SharedEvent<BellNotifiedDetail> {
  static readonly type = 'bell:notified';
  static readonly kind = 'fact';
  static readonly owner = 'bell';
  static readonly is = isBellNotified;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'bell:notified': CustomEvent<BellNotifiedDetail>;
  }
}
