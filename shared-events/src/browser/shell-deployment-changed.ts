import { isShellDeploymentChanged } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ShellDeploymentChangedDetail}. */
export const shellDeploymentChangedSchema = {
  type: 'object',
  required: ['name'],
  properties: { name: { type: 'string', minLength: 1, maxLength: 64 } },
} as const satisfies JsonSchema;

/** Detail of {@link ShellDeploymentChanged}. */
export type ShellDeploymentChangedDetail = FromSchema<typeof shellDeploymentChangedSchema>;

/** Other versions of a micro frontend are live now, for some sessions at least (pushed to everybody). */
export class ShellDeploymentChanged extends SharedEvent<ShellDeploymentChangedDetail> {
  static readonly type = 'shell:deployment-changed';
  static readonly kind = 'fact';
  static readonly owner = 'shell';
  static readonly is = isShellDeploymentChanged;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'shell:deployment-changed': CustomEvent<ShellDeploymentChangedDetail>;
  }
}
