import { isChatDeskChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ChatDeskChangedDetail}. */
export const chatDeskChangedSchema = {
  type: 'object',
  required: ['change'],
  properties: {
    change: { enum: ['claimed', 'transferred', 'closed', 'reopened', 'noted', 'read', 'staff', 'replies'] },
    conversationId: {
      type: 'string',
      minLength: 1,
      maxLength: 64,
      description: 'Unless it is about the staff or their replies',
    },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ChatDeskChanged}. */
export type ChatDeskChangedDetail = FromSchema<typeof chatDeskChangedSchema>;

/** Something changed at the desk (pushed to the staff alone). What it is now is fetched. */
export class ChatDeskChanged extends SharedEvent<ChatDeskChangedDetail> {
  static readonly type = 'chat:desk-changed';
  static readonly kind = 'fact';
  static readonly owner = 'chat';
  static readonly is = isChatDeskChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'chat:desk-changed': CustomEvent<ChatDeskChangedDetail>;
  }
}
