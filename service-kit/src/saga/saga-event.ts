import { Type } from 'typebox';
import type { Static, TSchema } from 'typebox';

const text = Type.String();
const leg = { step: text, kind: Type.Union([Type.Literal('forward'), Type.Literal('compensation')]) };
const attempt = { ...leg, attempt: Type.Integer() };
const instant = Type.String({ description: 'ISO 8601, UTC' });
const act = Type.Union([Type.Literal('retry'), Type.Literal('skip'), Type.Literal('resolve'), Type.Literal('resume')]);
const reply = Type.Object({ id: text, type: text, stream: text, subject: text, position: Type.Integer() });

/** Data of the saga's own events, by what comes after `<owner>.saga-` and before `.v1`. Open: more members may come. */
export const SagaEventSchemas = {
  started: Type.Object({ definition: text, version: Type.Integer(), data: Type.Unknown() }),
  'step-started': Type.Object({ ...attempt, round: Type.Integer(), commandId: text, dueAt: instant }),
  'step-succeeded': Type.Object({
    ...attempt,
    reply: Type.Optional(reply),
    data: Type.Optional(Type.Unknown({ description: 'Of the saga from here on; absent when it stays as it was' })),
  }),
  'step-failed': Type.Object({
    ...attempt,
    reason: text,
    details: Type.Optional(Type.Unknown()),
    reply: Type.Optional(reply),
    retryAt: Type.Optional(instant),
  }),
  'step-timed-out': Type.Object({ ...attempt, retryAt: Type.Optional(instant) }),
  compensating: Type.Object({ reason: text }),
  parked: Type.Object({
    step: Type.Optional(text),
    kind: Type.Optional(leg.kind),
    code: Type.Union([
      Type.Literal('compensation-failed'),
      Type.Literal('compensated-after-resume'),
      Type.Literal('unknown-definition'),
      Type.Literal('definition-threw'),
    ]),
    reason: text,
  }),
  'operator-acted': Type.Object({ act, who: text, why: text, evidence: Type.Optional(text) }),
  ended: Type.Object({
    outcome: Type.Union([Type.Literal('completed'), Type.Literal('failed')]),
    reason: Type.Optional(text),
  }),
} as const satisfies Record<string, TSchema>;

type Schemas = typeof SagaEventSchemas;

/** Name of one of the saga's own events: `step-started`. */
export type SagaEventName = keyof Schemas;

/** One of the saga's own events, before it is an event of the log. `at`: milliseconds since 1970. */
export type SagaEvent = {
  readonly [Name in SagaEventName]: { readonly name: Name; readonly at: number; readonly data: Static<Schemas[Name]> };
}[SagaEventName];

/** A command on its way out, in the same commit as the event that says so. */
export interface SagaSend {
  readonly name: 'command';
  readonly at: number;
  /** Of the command's event. */
  readonly id: string;
  /** Of the command's event: `cart.stock-requested.v1`. */
  readonly type: string;
  readonly data: unknown;
}

/** What an operator may do about a parked saga. */
export type SagaAct = Static<typeof act>;

/** Where a reply stands in the log. */
export type SagaReplyPlace = Static<typeof reply>;

/** Why a saga is parked. */
export type ParkedCode = Static<Schemas['parked']>['code'];

/** `cart.saga-step-started.v1` */
export function sagaEventType(owner: string, name: SagaEventName): string {
  return `${owner}.saga-${name}.v1`;
}

/** The name in a type of event, when it is one of a saga's own. */
export function sagaEventName(owner: string, type: string): SagaEventName | undefined {
  const prefix = `${owner}.saga-`;
  if (!type.startsWith(prefix) || !type.endsWith('.v1')) return undefined;
  const name = type.slice(prefix.length, -'.v1'.length);
  return Object.hasOwn(SagaEventSchemas, name) ? (name as SagaEventName) : undefined;
}
