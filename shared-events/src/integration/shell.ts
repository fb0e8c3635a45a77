import type { JsonSchema } from '../json-schema.ts';

const audience = {
  type: 'string',
  pattern: '^(customer|conversation)[.][A-Za-z0-9_-]+$',
  description: 'Subject after `push.`',
} as const satisfies JsonSchema;

const mfeName = { type: 'string', minLength: 1, maxLength: 64 } as const satisfies JsonSchema;
const version = { type: 'string', minLength: 1, maxLength: 100 } as const satisfies JsonSchema;
const by = {
  type: 'string',
  minLength: 1,
  maxLength: 100,
  description: 'A team, a session of the staff, `automatic`, or `local` for the start of the shop itself',
} as const satisfies JsonSchema;
const reason = { type: 'string', maxLength: 1000 } as const satisfies JsonSchema;

/** Events of the streams `push` and `shell`, by type. */
export const shellSchemas = {
  'shell.browser-event.v1': {
    description:
      'For the browsers of one audience. Subject push.shopper.<shopperId>, push.customer.<customerId>, ' +
      'push.conversation.<conversationId>, push.staff or push.everyone.',
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
  'shell.session-ended.v1': {
    description: 'Somebody signed in or out: what hung on the session before ends. Subject shell.session.<sessionId>.',
    type: 'object',
    required: ['sessionId'],
    properties: { sessionId: { type: 'string', minLength: 1, maxLength: 64, description: 'A shopperId' } },
  },
  'shell.mfe-published.v1': {
    description:
      'A version of a micro frontend is in the registry; which version shoppers get is said by the events below. Without ' +
      '`artifact` (as it was written before there were those) it also made the version the stable one. ' +
      'Subject shell.mfe.<name>, as of all of these.',
    type: 'object',
    required: ['name', 'version'],
    properties: {
      name: mfeName,
      version,
      artifact: { type: 'string', pattern: '^[0-9a-f]{64}$', description: 'SHA-256 of the canonical manifest' },
      by,
    },
  },
  'shell.mfe-canary-changed.v1': {
    description: 'So many percent of the sessions get this version; 0 ends the canary.',
    type: 'object',
    required: ['name', 'version', 'percent', 'by'],
    properties: { name: mfeName, version, percent: { type: 'integer', minimum: 0, maximum: 100 }, by },
  },
  'shell.mfe-promoted.v1': {
    description: 'Every session gets this version; a canary of the same micro frontend is over.',
    type: 'object',
    required: ['name', 'version', 'by'],
    properties: { name: mfeName, version, by },
  },
  'shell.mfe-rolled-back.v1': {
    description: 'Nobody gets the version `from` any more; `to` is what all get. Without `to` there is none left.',
    type: 'object',
    required: ['name', 'from', 'by', 'reason'],
    properties: { name: mfeName, from: version, to: version, by, reason },
  },
  'shell.mfe-blocked.v1': {
    description: 'This version must not go live again.',
    type: 'object',
    required: ['name', 'version', 'by', 'reason'],
    properties: { name: mfeName, version, by, reason },
  },
  'shell.mfe-damaged.v1': {
    description: 'A stored file of a version is not what was published.',
    type: 'object',
    required: ['name', 'version', 'path'],
    properties: { name: mfeName, version, path: { type: 'string', minLength: 1, maxLength: 200 } },
  },
  'shell.mfe-refused.v1': {
    description: 'Somebody wanted to change what is deployed, and was refused.',
    type: 'object',
    required: ['name', 'by', 'code', 'problems'],
    properties: {
      name: mfeName,
      version,
      by,
      code: { type: 'string', minLength: 1, maxLength: 64 },
      problems: { type: 'array', items: { type: 'string' } },
    },
  },
  'shell.deploy-token-created.v1': {
    description: 'Whoever knows the token may deploy these micro frontends. Subject shell.deploy-token.<id>.',
    type: 'object',
    required: ['id', 'team', 'mfes', 'hash', 'expiresAt', 'by'],
    properties: {
      id: { type: 'string', minLength: 1, maxLength: 64 },
      team: { type: 'string', minLength: 1, maxLength: 100 },
      mfes: { type: 'array', minItems: 1, items: mfeName },
      hash: { type: 'string', minLength: 1, description: 'SHA-256 of the token, base64url' },
      expiresAt: { type: 'string', description: 'ISO 8601 UTC' },
      by,
    },
  },
  'shell.deploy-token-revoked.v1': {
    description: 'The token is worth nothing any more. Subject shell.deploy-token.<id>.',
    type: 'object',
    required: ['id', 'by'],
    properties: { id: { type: 'string', minLength: 1, maxLength: 64 }, by },
  },
} as const satisfies Record<string, JsonSchema>;
