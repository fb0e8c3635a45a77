import type { JsonSchema } from '../json-schema.ts';
import { text } from './fields.ts';

const kind = { enum: ['forward', 'compensation'] } as const satisfies JsonSchema;
const attempt = { type: 'integer', description: 'Its numbers go on when an operator has a step done again' } as const;
const instant = { type: 'string', description: 'ISO 8601, UTC' } as const satisfies JsonSchema;
const data = { type: 'object', description: 'What the saga knows from here on: ids, never personal data' } as const;
const details = { type: 'object', description: 'As the definition took them from the refusal' } as const;
const reply = {
  description: 'Where the answer stands',
  type: 'object',
  required: ['id', 'type', 'stream', 'subject', 'position'],
  properties: { id: text, type: text, stream: text, subject: text, position: { type: 'integer' } },
} as const satisfies JsonSchema;

/**
 * What a saga of the cart says about itself, by type, in one commit with what it asks for. The saga runner of the services
 * writes them; a test of the cart's backend compares these schemas with the runner's.
 */
export const cartSagaSchemas = {
  'cart.saga-started.v1': {
    description:
      'A saga begins, and stays at this version of its definition. This and the next: subject cart.saga.<id>.',
    type: 'object',
    required: ['definition', 'version', 'data'],
    properties: { definition: text, version: { type: 'integer' }, data },
  },
  'cart.saga-step-started.v1': {
    description: 'A step, or what undoes it, is asked for.',
    type: 'object',
    required: ['step', 'kind', 'attempt', 'round', 'commandId', 'dueAt'],
    properties: { step: text, kind, attempt, round: { type: 'integer' }, commandId: text, dueAt: instant },
  },
  'cart.saga-step-succeeded.v1': {
    description: 'Without an answer when a person has said so.',
    type: 'object',
    required: ['step', 'kind', 'attempt'],
    properties: { step: text, kind, attempt, reply, data },
  },
  'cart.saga-step-failed.v1': {
    description: 'It was refused; it is asked again when there is a time for it.',
    type: 'object',
    required: ['step', 'kind', 'attempt', 'reason'],
    properties: { step: text, kind, attempt, reason: text, details, reply, retryAt: instant },
  },
  'cart.saga-step-timed-out.v1': {
    description: 'There was no answer in time; it is asked again when there is a time for it.',
    type: 'object',
    required: ['step', 'kind', 'attempt'],
    properties: { step: text, kind, attempt, retryAt: instant },
  },
  'cart.saga-compensating.v1': {
    description: 'From here on everything is undone.',
    type: 'object',
    required: ['reason'],
    properties: { reason: text },
  },
  'cart.saga-parked.v1': {
    description: 'It waits for a person.',
    type: 'object',
    required: ['code', 'reason'],
    properties: {
      step: text,
      kind,
      code: { enum: ['compensation-failed', 'compensated-after-resume', 'unknown-definition', 'definition-threw'] },
      reason: text,
    },
  },
  'cart.saga-operator-acted.v1': {
    description: 'What a person did about it, and why.',
    type: 'object',
    required: ['act', 'who', 'why'],
    properties: { act: { enum: ['retry', 'skip', 'resolve', 'resume'] }, who: text, why: text, evidence: text },
  },
  'cart.saga-ended.v1': {
    description: 'All is done, or all is undone.',
    type: 'object',
    required: ['outcome'],
    properties: { outcome: { enum: ['completed', 'failed'] }, reason: text },
  },
} as const satisfies Record<string, JsonSchema>;
