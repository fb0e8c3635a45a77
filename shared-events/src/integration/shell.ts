import type { JsonSchema } from '../json-schema.ts';

/** Events of the streams `push` and `shell`, by type. */
export const shellSchemas = {
  'shell.browser-event.v1': {
    description: 'For the browsers of one audience. Subject push.shopper.<shopperId> or push.staff.',
    type: 'object',
    required: ['type', 'detail'],
    properties: {
      type: { type: 'string', pattern: '^[a-z]+:[a-z-]+$', description: 'Event type of the browser contract' },
      detail: { type: 'object', description: 'Detail of that event' },
    },
  },
  'shell.mfe-published.v1': {
    description: 'A version of a micro frontend is in the registry. Subject shell.mfe.<name>.',
    type: 'object',
    required: ['name', 'version'],
    properties: { name: { type: 'string', minLength: 1 }, version: { type: 'string', minLength: 1 } },
  },
} as const satisfies Record<string, JsonSchema>;
