import type { SagaCommandId } from './command-id.ts';
import { legOf } from './definition.ts';
import type { Saga, SagaLeg, SagaLegKind, SagaRefusal } from './definition.ts';
import { THREW, again, attemptTo, compensate, emit, goOn, send } from './draft.ts';
import type { Draft } from './draft.ts';
import type { SagaAct, SagaEvent, SagaReplyPlace, SagaSend } from './saga-event.ts';
import { evolveSaga, isDone, progressOf } from './state.ts';
import type { SagaState } from './state.ts';

/** What a saga is told. */
export type SagaInput =
  | { readonly kind: 'start'; readonly id: string; readonly data: unknown }
  | {
      readonly kind: 'reply';
      /** The command that it answers. */
      readonly to: SagaCommandId;
      readonly type: string;
      readonly data: unknown;
      readonly place: SagaReplyPlace;
    }
  /** Time has passed. */
  | { readonly kind: 'due' }
  | {
      readonly kind: 'act';
      readonly act: SagaAct;
      readonly who: string;
      readonly why: string;
      readonly evidence?: string;
    };

/** One commit: the saga's own events and the commands they send. Empty: nothing to do. */
export interface SagaDecision {
  readonly events: readonly (SagaEvent | SagaSend)[];
  /** The state after them. */
  readonly state: SagaState | undefined;
}

/**
 * What a saga does about what it is told, as the events of one commit. Pure and total: a reply that is late, doubled or
 * nobody's leads to nothing, or to what it means now.
 * @param state `undefined` before `start`
 * @param definition that of the saga's first event; `undefined` when nobody knows it (any more): the saga parks
 * @param now milliseconds since 1970
 */
export function decideSaga(
  definition: Saga | undefined,
  state: SagaState | undefined,
  input: SagaInput,
  now: number,
): SagaDecision {
  if (input.kind === 'start')
    return definition === undefined ? { events: [], state } : started(definition, state, input, now);
  if (state === undefined) return { events: [], state };
  if (definition === undefined) return unknownDefinition(state, now);
  const draft: Draft = { definition, now, id: state.id, state, events: [] };
  if (input.kind === 'reply') onReply(draft, input);
  if (input.kind === 'due') onDue(draft);
  if (input.kind === 'act' && actsFor(definition, state).includes(input.act)) {
    const { act, who, why, evidence } = input;
    emit(draft, {
      name: 'operator-acted',
      at: now,
      data: { act, who, why, ...(evidence === undefined ? {} : { evidence }) },
    });
    goOn(draft);
  }
  return { events: draft.events, state: draft.state };
}

/** What an operator may do now; nothing unless the saga is parked. */
export function actsFor(definition: Saga | undefined, { parked }: SagaState): readonly SagaAct[] {
  if (parked === undefined || definition === undefined) return [];
  if (parked.step === undefined) return ['retry'];
  return parked.kind === 'compensation' ? ['retry', 'skip', 'resolve', 'resume'] : ['retry', 'skip', 'resolve'];
}

function started(
  definition: Saga,
  state: SagaState | undefined,
  { id, data }: { readonly id: string; readonly data: unknown },
  now: number,
): SagaDecision {
  if (state !== undefined) return { events: [], state };
  const { name, version } = definition;
  const first: SagaEvent = { name: 'started', at: now, data: { definition: name, version, data } };
  const draft: Draft = { definition, now, id, state: evolveSaga(undefined, first, id), events: [first] };
  goOn(draft);
  return { events: draft.events, state: draft.state };
}

function unknownDefinition(state: SagaState, now: number): SagaDecision {
  if (state.status !== 'running' && state.status !== 'compensating') return { events: [], state };
  const { definition, version, wait } = state;
  const reason = `nobody here knows "${definition}" in version ${version}`;
  const at = wait === undefined ? {} : { step: wait.step, kind: wait.kind };
  const event: SagaEvent = { name: 'parked', at: now, data: { ...at, code: 'unknown-definition', reason } };
  return { events: [event], state: evolveSaga(state, event, state.id) };
}

function onReply(draft: Draft, reply: Extract<SagaInput, { kind: 'reply' }>): void {
  const { state, now } = draft;
  const { step, kind, round, attempt } = reply.to;
  const leg = legOf(draft.definition, step, kind);
  const progress = progressOf(state, step);
  // A round that is over was undone already, whatever else of it comes to light.
  if (leg === undefined || progress.round !== round || attempt > progress[kind].sent) return;
  if (state.status === 'completed' || isDone(progress[kind]) || progress[kind].state === 'skipped') return;
  const own = { step, kind, attempt, reply: reply.place };

  if (Object.hasOwn(leg.succeeds, reply.type)) {
    if (kind === 'forward' && !matters(draft, step)) return;
    const data = attemptTo(draft, step, kind, () =>
      leg.succeeds[reply.type]!(state.data as never, reply.data as never),
    );
    if (data === THREW) return;
    emit(draft, {
      name: 'step-succeeded',
      at: now,
      data: { ...own, ...(data === state.data ? {} : { data }) },
    });
    if (kind === 'forward') lateOrNext(draft);
    else undoneOrNext(draft, step);
    return;
  }

  if (!Object.hasOwn(leg.fails ?? {}, reply.type)) return;
  const waiting = state.wait?.step === step && state.wait.kind === kind;
  if (kind === 'compensation') {
    if (!waiting || state.wait?.for !== 'reply' || attempt !== state.wait.attempt) return;
    const refusal = refusalOf(draft, step, kind, leg, reply);
    if (refusal !== undefined)
      again(draft, step, kind, leg, (retryAt) => ({
        name: 'step-failed',
        at: now,
        data: { ...own, ...refusal, ...retryAt },
      }));
    return;
  }
  if (progress.forward.state !== 'running' || !(state.status === 'running' || state.status === 'parked')) return;
  const refusal = refusalOf(draft, step, kind, leg, reply);
  if (refusal === undefined) return;
  emit(draft, { name: 'step-failed', at: now, data: { ...own, ...refusal } });
  if (draft.state.status === 'running') compensate(draft, refusal.reason);
}

/** Whether a success is news: for a step on its way, or given up though it can be undone. */
function matters({ definition, state }: Draft, step: string): boolean {
  const { forward, compensation } = progressOf(state, step);
  if (forward.state === 'running') return true;
  if (compensation.state === 'succeeded' || compensation.state === 'resolved' || compensation.state === 'skipped')
    return false;
  return legOf(definition, step, 'compensation') !== undefined || state.parked?.step === step;
}

/** After a success on the way forward: the next step; or, with the saga on its way back or over, this one must be undone too. */
function lateOrNext(draft: Draft): void {
  if (draft.state.status === 'failed') compensate(draft, draft.state.reason ?? 'failed');
  else if (draft.state.wait === undefined) goOn(draft);
}

function undoneOrNext(draft: Draft, step: string): void {
  const { state, now } = draft;
  if (state.status === 'running') {
    const reason = `"${step}" was undone after the saga was resumed`;
    emit(draft, { name: 'parked', at: now, data: { step, kind: 'forward', code: 'compensated-after-resume', reason } });
  } else if (state.wait === undefined) goOn(draft);
}

function onDue(draft: Draft): void {
  const { state, now } = draft;
  const { wait } = state;
  if (wait === undefined || wait.dueAt > now) return;
  const { step, kind, attempt } = wait;
  const leg = legOf(draft.definition, step, kind);
  if (leg === undefined) return;
  if (wait.for === 'backoff') send(draft, step, kind, leg);
  else
    again(draft, step, kind, leg, (retryAt) => ({
      name: 'step-timed-out',
      at: now,
      data: { step, kind, attempt, ...retryAt },
    }));
}

function refusalOf(
  draft: Draft,
  step: string,
  kind: SagaLegKind,
  leg: SagaLeg,
  reply: Extract<SagaInput, { kind: 'reply' }>,
): SagaRefusal | undefined {
  const refusal = attemptTo(draft, step, kind, () =>
    leg.fails?.[reply.type]?.(draft.state.data as never, reply.data as never),
  );
  return refusal === THREW ? undefined : refusal;
}
