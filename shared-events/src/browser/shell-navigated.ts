import { isShellNavigated } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ShellNavigatedDetail}. */
export const shellNavigatedSchema = {
  type: 'object',
  required: ['path'],
  properties: {
    path: { type: 'string', pattern: '^/([^/\\\\]|$)', maxLength: 2000, description: 'Path and query on this site' },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ShellNavigated}. */
export type ShellNavigatedDetail = FromSchema<typeof shellNavigatedSchema>;

/** This page is shown now. */
export class ShellNavigated extends SharedEvent<ShellNavigatedDetail> {
  static readonly type = 'shell:navigated';
  static readonly kind = 'state';
  static readonly owner = 'shell';
  static readonly is = isShellNavigated;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'shell:navigated': CustomEvent<ShellNavigatedDetail>;
  }
}
