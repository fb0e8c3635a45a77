import { isShellPushReset } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ShellPushResetDetail}. */
export const shellPushResetSchema = { type: 'object', properties: {} } as const satisfies JsonSchema;

/** Detail of {@link ShellPushReset}. */
export type ShellPushResetDetail = FromSchema<typeof shellPushResetSchema>;

/** Everything pushed may have been missed: fetch again what is shown. */
export class ShellPushReset extends SharedEvent<ShellPushResetDetail> {
  static readonly type = 'shell:push-reset';
  static readonly kind = 'fact';
  static readonly owner = 'shell';
  static readonly is = isShellPushReset;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'shell:push-reset': CustomEvent<ShellPushResetDetail>;
  }
}
