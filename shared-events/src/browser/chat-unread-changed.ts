import { isChatUnreadChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ChatUnreadChangedDetail}. */
export const chatUnreadChangedSchema = {
  type: 'object',
  required: ['unread'],
  properties: { unread: { type: 'integer', minimum: 0 } },
} as const satisfies JsonSchema;

/** Detail of {@link ChatUnreadChanged}. */
export type ChatUnreadChangedDetail = FromSchema<typeof chatUnreadChangedSchema>;

/** So many messages are unread (pushed). */
export class ChatUnreadChanged extends SharedEvent<ChatUnreadChangedDetail> {
  static readonly type = 'chat:unread-changed';
  static readonly kind = 'state';
  static readonly owner = 'chat';
  static readonly is = isChatUnreadChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'chat:unread-changed': CustomEvent<ChatUnreadChangedDetail>;
  }
}
