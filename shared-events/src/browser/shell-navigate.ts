import { isShellNavigate, isShellNavigateReply } from '../../generated/guards.js';
import type { FromSchema, JsonSchema } from '../json-schema.ts';
import { RequestEvent, type RequestDetail } from './runtime/shared-event.ts';

/** JSON Schema of {@link ShellNavigatePayload}. */
export const shellNavigateSchema = {
  type: 'object',
  required: ['path'],
  properties: {
    path: { type: 'string', pattern: '^/([^/\\\\]|$)', maxLength: 2000, description: 'Path and query on this site' },
    replace: { type: 'boolean', description: 'Replace the history entry instead of adding one' },
  },
} as const satisfies JsonSchema;

/** JSON Schema of {@link ShellNavigateReply}. */
export const shellNavigateReplySchema = {
  type: 'object',
  required: ['path'],
  properties: {
    path: { type: 'string', pattern: '^/([^/\\\\]|$)', maxLength: 2000, description: 'Path and query on this site' },
  },
} as const satisfies JsonSchema;

/** What is asked for. */
export type ShellNavigatePayload = FromSchema<typeof shellNavigateSchema>;

/** The page that is shown now. */
export type ShellNavigateReply = FromSchema<typeof shellNavigateReplySchema>;

/** Go to another page of the shop. */
export class ShellNavigate extends RequestEvent<ShellNavigatePayload, ShellNavigateReply> {
  static readonly type = 'shell:navigate';
  static readonly kind = 'request';
  static readonly owner = 'shell';
  static readonly is = isShellNavigate;
  static readonly isReply = isShellNavigateReply;
}

declare global {
  interface GlobalEventHandlersEventMap {
    'shell:navigate': CustomEvent<RequestDetail<ShellNavigatePayload>>;
  }
}
