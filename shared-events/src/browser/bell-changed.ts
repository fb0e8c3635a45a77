import { isBellChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link BellChangedDetail}. */
export const bellChangedSchema = {
  type: 'object',
  required: ['unread', 'position'],
  properties: {
    unread: { type: 'integer', minimum: 0 },
    position: { type: 'integer', minimum: 0, description: 'Of the stream bell; a lower one is older news' },
  },
} as const satisfies JsonSchema;

/** Detail of {@link BellChanged}. */
export type BellChangedDetail = FromSchema<typeof bellChangedSchema>;

/** So many notifications are unread (pushed): the server counts, everybody shows. */
export class BellChanged extends SharedEvent<BellChangedDetail> {
  static readonly type = 'bell:changed';
  static readonly kind = 'state';
  static readonly owner = 'bell';
  static readonly is = isBellChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'bell:changed': CustomEvent<BellChangedDetail>;
  }
}
