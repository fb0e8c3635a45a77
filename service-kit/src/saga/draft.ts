import { sagaCommandId } from './command-id.ts';
import type { Saga, SagaLeg, SagaLegKind } from './definition.ts';
import type { ParkedCode, SagaEvent, SagaSend } from './saga-event.ts';
import { evolveSaga, isDone, mayStand, progressOf } from './state.ts';
import type { SagaState } from './state.ts';

/** A decision in the making. */
export interface Draft {
  readonly definition: Saga;
  readonly now: number;
  readonly id: string;
  state: SagaState;
  readonly events: (SagaEvent | SagaSend)[];
}

/** One more event of the commit, and what it changes. */
export function emit(draft: Draft, event: SagaEvent): void {
  draft.events.push(event);
  draft.state = evolveSaga(draft.state, event, draft.id);
}

/** An attempt brought nothing: notes it, and tries again now or later, or gives up. */
export function again(
  draft: Draft,
  step: string,
  kind: SagaLegKind,
  leg: SagaLeg,
  note: (retryAt: { readonly retryAt?: string }) => SagaEvent,
): void {
  const { tries } = progressOf(draft.state, step)[kind];
  const { maxAttempts, backoffMs } = leg.retry;
  if (tries < maxAttempts) {
    const waitMs = backoffMs[Math.min(tries, backoffMs.length) - 1] ?? 0;
    emit(draft, note({ retryAt: new Date(draft.now + waitMs).toISOString() }));
    if (waitMs === 0) send(draft, step, kind, leg);
    return;
  }
  const last = note({});
  emit(draft, last);
  const why = last.name === 'step-failed' ? last.data.reason : 'no answer';
  const leads = kind === 'forward' ? `"${step}"` : `undoing "${step}"`;
  const reason = `${leads}: ${why} after ${tries} ${tries === 1 ? 'attempt' : 'attempts'}`;
  if (kind === 'forward') compensate(draft, reason);
  else emit(draft, { name: 'parked', at: draft.now, data: { step, kind, code: 'compensation-failed', reason } });
}

/** The way back begins. */
export function compensate(draft: Draft, reason: string): void {
  emit(draft, { name: 'compensating', at: draft.now, data: { reason } });
  goOn(draft);
}

/** Begins what comes next, unless a person is needed or all is done. */
export function goOn(draft: Draft): void {
  const { definition, state, now } = draft;
  if (state.status === 'running') {
    const next = definition.steps.find(({ name }) => !isDone(progressOf(state, name).forward));
    if (next === undefined) return emit(draft, { name: 'ended', at: now, data: { outcome: 'completed' } });
    if (progressOf(state, next.name).forward.state !== 'failed') return send(draft, next.name, 'forward', next);
    return compensate(draft, `"${next.name}" was given up`);
  }
  if (state.status !== 'compensating') return;
  const next = definition.steps.findLast((step) => isToUndo(draft, step));
  if (next?.compensation !== undefined) return send(draft, next.name, 'compensation', next.compensation);
  emit(draft, {
    name: 'ended',
    at: now,
    data: { outcome: 'failed', ...(state.reason === undefined ? {} : { reason: state.reason }) },
  });
}

function isToUndo({ state }: Draft, { name, compensation, onTimeout }: Saga['steps'][number]): boolean {
  const progress = progressOf(state, name);
  if (compensation === undefined || progress.compensation.state === 'skipped') return false;
  return onTimeout === 'leave' ? isDone(progress.forward) && mayStand(progress) : mayStand(progress);
}

/** Sends the next attempt. */
export function send(draft: Draft, step: string, kind: SagaLegKind, leg: SagaLeg): void {
  const { id, state, now } = draft;
  const { round, [kind]: progress } = progressOf(state, step);
  const command = attemptTo(draft, step, kind, () => leg.command(state.data as never));
  if (command === THREW) return;
  const attempt = progress.sent + 1;
  const commandId = sagaCommandId({ sagaId: id, step, kind, round, attempt });
  const dueAt = new Date(now + leg.timeoutMs).toISOString();
  emit(draft, { name: 'step-started', at: now, data: { step, kind, attempt, round, commandId, dueAt } });
  draft.events.push({ name: 'command', at: now, id: commandId, type: command.type, data: command.data });
}

/** Instead of a result. */
export const THREW = Symbol('threw');

/** Runs a function of the definition; when it throws the saga parks, as nothing else would be true for sure. */
export function attemptTo<Result>(
  draft: Draft,
  step: string,
  kind: SagaLegKind,
  run: () => Result,
): Result | typeof THREW {
  try {
    return run();
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const data = {
      step,
      kind,
      code: 'definition-threw' satisfies ParkedCode,
      reason: `"${step}" threw: ${why}`,
    } as const;
    if (draft.state.status === 'running' || draft.state.status === 'compensating')
      emit(draft, { name: 'parked', at: draft.now, data });
    return THREW;
  }
}
