import type { SagaLegKind } from './definition.ts';
import type { ParkedCode, SagaEvent } from './saga-event.ts';

/** `completed` and `failed` are the ends; `parked` waits for a person. */
export type SagaStatus = 'running' | 'compensating' | 'parked' | 'completed' | 'failed';

/** One step, one way. `resolved`: done by hand. */
export interface LegProgress {
  readonly state: 'idle' | 'running' | 'succeeded' | 'failed' | 'skipped' | 'resolved' | 'parked';
  /** Attempts sent in this round. */
  readonly sent: number;
  /** Attempts of the present budget: an operator's retry gives a new one. */
  readonly tries: number;
  /** Attempts that were definitely refused. */
  readonly refused: readonly number[];
  /** Of the first attempt of this round. Milliseconds since 1970. */
  readonly startedAt?: number;
}

export interface StepProgress {
  /** 1 at first; the next one begins when a step that was undone is to be done again. */
  readonly round: number;
  readonly forward: LegProgress;
  readonly compensation: LegProgress;
}

/** What the saga waits for. */
export interface SagaWait {
  readonly step: string;
  readonly kind: SagaLegKind;
  /** The attempt that was sent last. */
  readonly attempt: number;
  readonly for: 'reply' | 'backoff';
  /** When it waits no longer. Milliseconds since 1970. */
  readonly dueAt: number;
}

/** A saga as its own events tell it; needs no definition to be built. */
export interface SagaState {
  readonly id: string;
  readonly definition: string;
  readonly version: number;
  readonly status: SagaStatus;
  readonly data: unknown;
  /** By name; a step that has not begun is not in it. */
  readonly steps: Readonly<Record<string, StepProgress>>;
  readonly wait?: SagaWait;
  /** Present while it is parked. `from` is where it was. */
  readonly parked?: {
    readonly step?: string;
    readonly kind?: SagaLegKind;
    readonly code: ParkedCode;
    readonly reason: string;
    readonly from: 'running' | 'compensating';
    readonly at: number;
  };
  /** Why it compensates, or failed. */
  readonly reason?: string;
  readonly startedAt: number;
  readonly updatedAt: number;
}

/** A leg that has not begun. */
export const IDLE: LegProgress = { state: 'idle', sent: 0, tries: 0, refused: [] };
const UNTOUCHED: StepProgress = { round: 1, forward: IDLE, compensation: IDLE };

/** A step's progress, begun or not. */
export function progressOf(state: SagaState, step: string): StepProgress {
  return state.steps[step] ?? UNTOUCHED;
}

/** Whether a step has taken effect, or may have: what was sent and not refused counts as possible. */
export function mayStand({ forward, compensation }: StepProgress): boolean {
  if (compensation.state === 'succeeded' || compensation.state === 'resolved') return false;
  return isDone(forward) || forward.sent > forward.refused.length;
}

/** Whether the way forward is behind us at this step. */
export function isDone(leg: LegProgress): boolean {
  return leg.state === 'succeeded' || leg.state === 'resolved';
}

/**
 * The state after one more event. `undefined` before the first, which must be `started`.
 * @throws {TypeError} the first event is another one
 */
export function evolveSaga(state: SagaState | undefined, event: SagaEvent, id: string): SagaState {
  const { at } = event;
  if (event.name === 'started') {
    const { definition, version, data } = event.data;
    return { id, definition, version, status: 'running', data, steps: {}, startedAt: at, updatedAt: at };
  }
  if (state === undefined) throw new TypeError(`saga "${id}" begins with "${event.name}"`);
  const after = { ...state, updatedAt: at };
  switch (event.name) {
    case 'step-started': {
      const { step, kind, attempt, dueAt } = event.data;
      const { tries, startedAt = at, ...leg } = progressOf(state, step)[kind];
      const wait = { step, kind, attempt, for: 'reply', dueAt: Date.parse(dueAt) } as const;
      return {
        ...withLeg(after, step, kind, { ...leg, startedAt, state: 'running', sent: attempt, tries: tries + 1 }),
        wait,
      };
    }
    case 'step-succeeded': {
      const { step, kind, data = state.data } = event.data;
      const leg = progressOf(state, step)[kind];
      return noLonger(withLeg({ ...after, data }, step, kind, { ...leg, state: 'succeeded' }), step, kind);
    }
    case 'step-failed': {
      const { step, kind, attempt, retryAt } = event.data;
      const leg = progressOf(state, step)[kind];
      const refused = kind === 'forward' && !leg.refused.includes(attempt) ? [...leg.refused, attempt] : leg.refused;
      return refusedOnce(withLeg(after, step, kind, { ...leg, refused }), step, kind, attempt, retryAt);
    }
    case 'step-timed-out': {
      const { step, kind, attempt, retryAt } = event.data;
      return refusedOnce(after, step, kind, attempt, retryAt);
    }
    case 'compensating':
      return { ...unparked(after), status: 'compensating', reason: event.data.reason, wait: undefined };
    case 'parked': {
      const { step, kind, code, reason } = event.data;
      const from = state.status === 'running' ? 'running' : 'compensating';
      const parked = { step, kind, code, reason, from, at } as const;
      const leg = step !== undefined && kind !== undefined ? progressOf(state, step)[kind] : undefined;
      const marked =
        leg === undefined || code !== 'compensation-failed'
          ? after
          : withLeg(after, step!, kind!, { ...leg, state: 'parked' });
      return { ...marked, status: 'parked', parked, wait: undefined };
    }
    case 'operator-acted':
      return afterAct(after, event.data.act);
    case 'ended':
      return { ...unparked(after), status: event.data.outcome, reason: event.data.reason, wait: undefined };
    default:
      return event satisfies never;
  }
}

/** What an operator's act changes by itself; what follows from it are events of their own. */
function afterAct(state: SagaState, act: 'retry' | 'skip' | 'resolve' | 'resume'): SagaState {
  const { parked } = state;
  if (parked === undefined) return state;
  const on = { ...unparked(state), status: parked.from };
  const { step, kind } = parked;
  if (act === 'resume') return { ...on, status: 'running', reason: undefined, steps: resumed(state.steps) };
  if (step === undefined || kind === undefined) return on;
  const progress = progressOf(state, step);
  const leg = progress[kind];
  if (act === 'skip') return withLeg(on, step, kind, { ...leg, state: kind === 'forward' ? 'failed' : 'skipped' });
  const undone = kind === 'forward' && leg.sent > 0 && !mayStand(progress);
  const next = undone ? { ...on, steps: { ...on.steps, [step]: nextRound(progress) } } : on;
  const fresh = undone ? IDLE : leg;
  return withLeg(next, step, kind, { ...fresh, state: act === 'retry' ? 'idle' : 'resolved', tries: 0 });
}

/** What was undone is to be done again, as something new; what stands, stands; what is open is asked for again. */
function resumed(steps: SagaState['steps']): SagaState['steps'] {
  const again = (step: StepProgress): StepProgress => {
    if (!mayStand(step)) return nextRound(step);
    const forward = isDone(step.forward) ? step.forward : afresh(step.forward);
    return { ...step, forward, compensation: afresh(step.compensation) };
  };
  return Object.fromEntries(Object.entries(steps).map(([name, step]) => [name, again(step)]));
}

/** Not begun, but the numbers of its attempts go on: an id is never used twice. */
function afresh(leg: LegProgress): LegProgress {
  return { ...leg, state: 'idle', tries: 0 };
}

function nextRound({ round }: StepProgress): StepProgress {
  return { round: round + 1, forward: IDLE, compensation: IDLE };
}

function refusedOnce(
  state: SagaState,
  step: string,
  kind: SagaLegKind,
  attempt: number,
  retryAt: string | undefined,
): SagaState {
  if (retryAt === undefined) {
    const leg = progressOf(state, step)[kind];
    return noLonger(withLeg(state, step, kind, { ...leg, state: 'failed' }), step, kind);
  }
  return { ...state, wait: { step, kind, attempt, for: 'backoff', dueAt: Date.parse(retryAt) } };
}

function withLeg(state: SagaState, step: string, kind: SagaLegKind, leg: LegProgress): SagaState {
  return { ...state, steps: { ...state.steps, [step]: { ...progressOf(state, step), [kind]: leg } } };
}

/** Ends the wait, or the parking, for this leg. */
function noLonger(state: SagaState, step: string, kind: SagaLegKind): SagaState {
  const { wait, parked } = state;
  if (wait?.step === step && wait.kind === kind) return { ...state, wait: undefined };
  if (parked?.step === step && parked.kind === kind) return { ...unparked(state), status: parked.from };
  return state;
}

function unparked(state: SagaState): SagaState {
  return { ...state, parked: undefined };
}
