import { isChatTypingChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ChatTypingChangedDetail}. */
export const chatTypingChangedSchema = {
  type: 'object',
  required: ['conversationId', 'who', 'typing', 'untilMs'],
  properties: {
    conversationId: { type: 'string', minLength: 1, maxLength: 64 },
    who: { enum: ['shopper', 'staff'] },
    typing: { type: 'boolean' },
    untilMs: {
      type: 'integer',
      minimum: 0,
      maximum: 60000,
      description: 'Milliseconds from when this is heard until it is over, if nothing more is heard',
    },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ChatTypingChanged}. */
export type ChatTypingChangedDetail = FromSchema<typeof chatTypingChangedSchema>;

/** Somebody has begun or ended typing in a conversation (pushed for the moment, kept by nobody). */
export class ChatTypingChanged extends SharedEvent<ChatTypingChangedDetail> {
  static readonly type = 'chat:typing-changed';
  static readonly kind = 'fact';
  static readonly owner = 'chat';
  static readonly is = isChatTypingChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'chat:typing-changed': CustomEvent<ChatTypingChangedDetail>;
  }
}
