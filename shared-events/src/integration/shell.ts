import type { JsonSchema } from '../json-schema.ts';

const audience = {
  type: 'string',
  pattern: '^(customer|conversation)[.][A-Za-z0-9_-]+$',
  description: 'Subject after `push.`',
} as const satisfies JsonSchema;

/** Events of the streams `push` and `shell`, by type. */
export const shellSchemas = {
  'shell.browser-event.v1': {
    description:
      'For the browsers of one audience. Subject push.shopper.<shopperId>, push.customer.<customerId>, ' +
      'push.conversation.<conversationId> or push.staff.',
    type: 'object',
    required: ['type', 'detail'],
    properties: {
      type: { type: 'string', pattern: '^[a-z]+:[a-z-]+$', description: 'Event type of the browser contract' },
      detail: { type: 'object', description: 'Detail of that event' },
    },
  },
  'shell.audience-joined.v1': {
    description:
      'The browsers of a session hear this audience from here on: a customer signed in, or takes part in a ' +
      'conversation. Written by who decides that. Subject push.membership.<shopperId>.',
    type: 'object',
    required: ['audience'],
    properties: { audience },
  },
  'shell.audience-left.v1': {
    description: 'The browsers of a session do not hear this audience any more. Subject push.membership.<shopperId>.',
    type: 'object',
    required: ['audience'],
    properties: { audience },
  },
  'shell.push-epoch-began.v1': {
    description:
      'Names the log of pushed messages, by the id of this event: positions count only in the log they come from. ' +
      'Append another one when the log is put back from a backup. Subject push.epoch.',
    type: 'object',
    properties: {},
  },
  'shell.person-erasure-requested.v1': {
    description: 'Every backend that keeps something about this person erases it. Subject shell.person.<personId>.',
    type: 'object',
    required: ['personId', 'by'],
    properties: {
      personId: { type: 'string', pattern: '^[A-Za-z0-9_-]{1,64}$', description: 'A shopperId' },
      by: { type: 'string', description: 'Session of the staff member' },
    },
  },
  'shell.mfe-published.v1': {
    description: 'A version of a micro frontend is in the registry. Subject shell.mfe.<name>.',
    type: 'object',
    required: ['name', 'version'],
    properties: { name: { type: 'string', minLength: 1 }, version: { type: 'string', minLength: 1 } },
  },
} as const satisfies Record<string, JsonSchema>;
