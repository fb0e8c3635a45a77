import type { JsonSchema } from '../json-schema.ts';
import { id, personErased, personal, text } from './fields.ts';

const holderId = {
  ...id,
  description: 'A customer (`cu_…`), or a member of the staff (`st_…`)',
} as const satisfies JsonSchema;
const credentialId = {
  type: 'string',
  minLength: 1,
  maxLength: 1400,
  description: 'Of the authenticator, base64url',
} as const satisfies JsonSchema;
const label = personal({ type: 'string', minLength: 1, maxLength: 60 });

/** Events of the stream `account`, by type. */
export const accountSchemas = {
  'account.signed-in.v1': {
    description:
      'A guest turned out to be this customer. From here on all that was the guest’s is the customer’s: cart, orders, ' +
      'conversation, notifications. A guest signs in once; the session after it has another id. ' +
      'Subject account.customer.<customerId>.',
    type: 'object',
    required: ['customerId', 'guestId'],
    properties: { customerId: id, guestId: { ...id, description: 'The shopperId before' } },
  },
  'account.passkey-added.v1': {
    description: 'Whoever holds this passkey is the holder of the account. Subject account.customer.<holderId>.',
    type: 'object',
    required: ['holderId', 'credentialId', 'publicKey', 'counter', 'transports', 'label'],
    properties: {
      holderId,
      credentialId,
      publicKey: { type: 'string', minLength: 1, maxLength: 4000, description: 'COSE key, base64url' },
      counter: { type: 'integer', minimum: 0 },
      transports: { type: 'array', items: text },
      label,
    },
  },
  'account.passkey-renamed.v1': {
    description: 'Subject account.customer.<holderId>.',
    type: 'object',
    required: ['holderId', 'credentialId', 'label'],
    properties: { holderId, credentialId, label },
  },
  'account.passkey-used.v1': {
    description: 'The authenticator counts its uses; one that counts backwards was copied.',
    type: 'object',
    required: ['holderId', 'credentialId', 'counter'],
    properties: { holderId, credentialId, counter: { type: 'integer', minimum: 0 } },
  },
  'account.passkey-removed.v1': {
    description: 'The passkey opens the account no more. Subject account.customer.<holderId>.',
    type: 'object',
    required: ['holderId', 'credentialId'],
    properties: { holderId, credentialId },
  },
  'account.details-changed.v1': {
    description: 'What a customer wants the shop to remember, whole. Subject account.customer.<holderId>.',
    type: 'object',
    required: ['holderId', 'details'],
    properties: {
      holderId,
      details: personal({
        type: 'object',
        required: ['name', 'email'],
        properties: { name: text, email: text },
      }),
    },
  },
  'account.person-erased.v1': personErased,
} as const satisfies Record<string, JsonSchema>;
