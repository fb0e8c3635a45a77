import { Type } from 'typebox';
import type { Static, TSchema } from 'typebox';

const text = Type.String();
const time = Type.String({ description: 'ISO 8601, UTC' });
const oneOf = <Value extends string>(...values: readonly Value[]) => Type.Unsafe<Value>(Type.Enum([...values]));
const status = oneOf('running', 'compensating', 'parked', 'completed', 'failed');
const act = oneOf('retry', 'skip', 'resolve', 'resume');
const page = <Maximum extends number>(fallback: number, maximum: Maximum) =>
  Type.Integer({ minimum: 1, maximum, default: fallback });
const json = (description: string) => Type.Unknown({ description });
const maybe = <Schema extends TSchema>(schema: Schema) => Type.Optional(schema);

/** Query of the list of sagas. */
export const SagaListQuery = Type.Object({
  state: maybe(status),
  definition: maybe(Type.String({ maxLength: 100 })),
  q: maybe(Type.String({ maxLength: 200, description: 'Beginning of an id' })),
  page: page(1, 1_000_000),
  pageSize: page(20, 100),
});

/** A page of sagas, and how many are in each state. */
export const SagaListDocument = Type.Object({
  counts: Type.Object({
    running: Type.Integer(),
    compensating: Type.Integer(),
    parked: Type.Integer(),
    completed: Type.Integer(),
    failed: Type.Integer(),
  }),
  total: Type.Integer(),
  page: Type.Integer(),
  pageSize: Type.Integer(),
  sagas: Type.Array(
    Type.Object({
      id: text,
      definition: text,
      version: Type.Integer(),
      state: status,
      step: maybe(text),
      attempt: maybe(Type.Integer()),
      startedAt: time,
      updatedAt: time,
      reason: maybe(text),
    }),
  ),
  position: Type.Integer({ description: 'Of the stream, up to which this is known' }),
});

/** A definition, as far as it is data. */
export const SagaDefinitionDocument = Type.Object({
  name: text,
  version: Type.Integer(),
  steps: Type.Array(
    Type.Object({ name: text, timeoutMs: Type.Number(), maxAttempts: Type.Integer(), compensation: Type.Boolean() }),
  ),
});

const SagaAttempt = Type.Object({
  kind: oneOf('forward', 'compensation'),
  attempt: Type.Integer(),
  round: Type.Integer({ description: 'Above 1 when an operator had a step done again' }),
  startedAt: time,
  dueAt: time,
  endedAt: maybe(time),
  outcome: maybe(oneOf('succeeded', 'failed', 'timed-out')),
  reason: maybe(text),
  command: maybe(Type.Object({ id: text, type: text, position: Type.Integer(), data: json('Of the event') })),
  reply: maybe(
    Type.Object({ id: text, type: text, stream: text, position: Type.Integer(), data: json('Of the event') }),
  ),
});

/** One saga with everything that happened to it. */
export const SagaDocument = Type.Object({
  id: text,
  definition: SagaDefinitionDocument,
  state: status,
  startedAt: time,
  updatedAt: time,
  endedAt: maybe(time),
  reason: maybe(text),
  traceId: maybe(text),
  correlationId: text,
  data: json('What the saga knows'),
  steps: Type.Array(
    Type.Object({
      name: text,
      state: oneOf('waiting', 'running', 'succeeded', 'failed', 'skipped', 'compensating', 'compensated', 'parked'),
      attempts: Type.Array(SagaAttempt),
    }),
  ),
  timeline: Type.Array(
    Type.Object({
      position: Type.Integer(),
      time,
      type: text,
      title: text,
      eventId: text,
      who: maybe(text),
      why: maybe(text),
    }),
  ),
  next: maybe(Type.Object({ what: text, dueAt: maybe(time) })),
  acts: Type.Array(act),
  revision: Type.Integer({ description: 'To be sent with an act' }),
});

/** Words, and not only white space. */
const said = (maxLength: number, description: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '\\S', description });

/** What an operator asks for. */
export const SagaActBody = Type.Object(
  {
    act,
    why: said(1000, 'For those who look at it later'),
    evidence: maybe(said(2000, 'Needed for `resolve`')),
    revision: Type.Integer({ minimum: 1, description: 'Of the saga as it was seen' }),
  },
  { additionalProperties: false },
);

/** One saga with everything that happened to it. */
export type SagaDocument = Static<typeof SagaDocument>;
/** A definition, as far as it is data. */
export type SagaDefinitionDocument = Static<typeof SagaDefinitionDocument>;
/** A page of sagas, and how many are in each state. */
export type SagaListDocument = Static<typeof SagaListDocument>;
