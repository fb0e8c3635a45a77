import { isChatPresenceChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ChatPresenceChangedDetail}. */
export const chatPresenceChangedSchema = {
  type: 'object',
  required: ['staffed'],
  properties: {
    staffed: { type: 'boolean' },
    opensAt: { type: 'string', maxLength: 40, description: 'ISO 8601 UTC, when nobody is there and hours are known' },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ChatPresenceChanged}. */
export type ChatPresenceChangedDetail = FromSchema<typeof chatPresenceChangedSchema>;

/** Whether somebody is at the desk (pushed for the moment to everybody; who arrives later asks the chat). */
export class ChatPresenceChanged extends SharedEvent<ChatPresenceChangedDetail> {
  static readonly type = 'chat:presence-changed';
  static readonly kind = 'state';
  static readonly owner = 'chat';
  static readonly is = isChatPresenceChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'chat:presence-changed': CustomEvent<ChatPresenceChangedDetail>;
  }
}
