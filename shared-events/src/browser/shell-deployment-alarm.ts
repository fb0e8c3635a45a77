import { isShellDeploymentAlarm } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { SharedEvent } from './runtime/shared-event.ts';

/** JSON Schema of {@link ShellDeploymentAlarmDetail}. */
export const shellDeploymentAlarmSchema = {
  type: 'object',
  required: ['kind', 'name', 'version', 'reason'],
  properties: {
    kind: { enum: ['rolled-back', 'damaged'] },
    name: { type: 'string', minLength: 1, maxLength: 64 },
    version: { type: 'string', minLength: 1, maxLength: 100 },
    reason: { type: 'string', maxLength: 1000 },
  },
} as const satisfies JsonSchema;

/** Detail of {@link ShellDeploymentAlarm}. */
export type ShellDeploymentAlarmDetail = FromSchema<typeof shellDeploymentAlarmSchema>;

/** A version was rolled back by the shop itself, or a stored file is not what it was (pushed to the staff). */
export class ShellDeploymentAlarm extends SharedEvent<ShellDeploymentAlarmDetail> {
  static readonly type = 'shell:deployment-alarm';
  static readonly kind = 'fact';
  static readonly owner = 'shell';
  static readonly is = isShellDeploymentAlarm;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'shell:deployment-alarm': CustomEvent<ShellDeploymentAlarmDetail>;
  }
}
