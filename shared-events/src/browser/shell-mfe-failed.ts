import { isShellMfeFailed } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ShellMfeFailedDetail}. */
export const shellMfeFailedSchema = {
  type: 'object',
  required: ['name', 'phase', 'message'],
  properties: {
    name: { type: 'string', minLength: 1, maxLength: 64 },
    phase: { enum: ['load', 'mount', 'handler', 'no-answer'] },
    message: { type: 'string', maxLength: 2000 },
    slot: { type: 'string', minLength: 1, maxLength: 64 },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ShellMfeFailed}. */
export type ShellMfeFailedDetail = FromSchema<typeof shellMfeFailedSchema>;

/** A micro frontend failed; the rest of the page goes on. */
export class ShellMfeFailed extends SharedEvent<ShellMfeFailedDetail> {
  static readonly type = 'shell:mfe-failed';
  static readonly kind = 'fact';
  static readonly owner = 'shell';
  static readonly is = isShellMfeFailed;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'shell:mfe-failed': CustomEvent<ShellMfeFailedDetail>;
  }
}
