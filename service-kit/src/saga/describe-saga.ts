import type { EventChannel, Recorded } from '@souk/event-channel';
import { traceIdOf } from '../trace.ts';
import { actsFor } from './decide.ts';
import type { Saga, SagaLegKind } from './definition.ts';
import type { SagaEvent, SagaReplyPlace } from './saga-event.ts';
import type { SagaLog } from './saga-log.ts';
import type { SagaDefinitionDocument, SagaDocument } from './saga-schemas.ts';
import { evolveSaga, progressOf } from './state.ts';
import type { SagaState, StepProgress } from './state.ts';

export interface DescribeSagaDeps {
  readonly channel: EventChannel;
  readonly sagas: SagaLog;
  readonly known: (definition: string, version: number) => Saga | undefined;
}

type StepDocument = SagaDocument['steps'][number];
type Attempt = { -readonly [Key in keyof StepDocument['attempts'][number]]: StepDocument['attempts'][number][Key] };
type Entry = SagaDocument['timeline'][number];

/** One saga as its subject in the log tells it, with the replies that it names. @returns `undefined`: there is none */
export async function describeSaga(deps: DescribeSagaDeps, id: string): Promise<SagaDocument | undefined> {
  const { channel, sagas, known } = deps;
  let state: SagaState | undefined;
  let first: Recorded | undefined;
  let revision = 0;
  let endedAt: string | undefined;
  const attempts = new Map<string, Attempt[]>();
  const timeline: Entry[] = [];

  for await (const recorded of channel.read(sagas.subjectOf(id))) {
    const { event, position } = recorded;
    first ??= recorded;
    revision = position;
    const own = sagas.read(event);
    if (own === undefined) {
      const attempt = [...attempts.values()].flat().find(({ command }) => command?.id === event.id);
      if (attempt) attempt.command = { id: event.id, type: event.type, position, data: event.data };
      timeline.push({ position, time: event.time, type: event.type, title: 'Sent', eventId: event.id });
      continue;
    }
    state = evolveSaga(state, own, id);
    endedAt = own.name === 'ended' ? event.time : own.name === 'compensating' ? undefined : endedAt;
    await noteAttempt(channel, attempts, own, event.time);
    timeline.push({ position, time: event.time, type: event.type, ...entryOf(own), eventId: event.id });
  }
  if (state === undefined || first === undefined) return undefined;

  const definition = known(state.definition, state.version);
  const { event } = first;
  const traceId = traceIdOf(event.traceparent);
  const reason = state.parked?.reason ?? state.reason;
  const names = definition?.steps.map(({ name }) => name) ?? Object.keys(state.steps);
  const next = nextOf(state);
  return {
    id,
    definition: definition ? describeDefinition(definition) : unknownDefinition(state, names),
    state: state.status,
    startedAt: new Date(state.startedAt).toISOString(),
    updatedAt: new Date(state.updatedAt).toISOString(),
    ...(endedAt === undefined ? {} : { endedAt }),
    ...(reason === undefined ? {} : { reason }),
    ...(traceId === undefined ? {} : { traceId }),
    correlationId: event.correlationid,
    data: state.data,
    steps: names.map((name) => ({
      name,
      state: stepState(progressOf(state, name)),
      attempts: attempts.get(name) ?? [],
    })),
    timeline,
    ...(next === undefined ? {} : { next }),
    acts: [...actsFor(definition, state)],
    revision,
  };
}

/** A definition, as far as it is data. */
export function describeDefinition({ name, version, steps }: Saga): SagaDefinitionDocument {
  return {
    name,
    version,
    steps: steps.map((step) => ({
      name: step.name,
      timeoutMs: step.timeoutMs,
      maxAttempts: step.retry.maxAttempts,
      compensation: step.compensation !== undefined,
    })),
  };
}

function unknownDefinition(state: SagaState, names: readonly string[]): SagaDefinitionDocument {
  const steps = names.map((name) => ({ name, timeoutMs: 0, maxAttempts: 0, compensation: false }));
  return { name: state.definition, version: state.version, steps };
}

async function noteAttempt(
  channel: EventChannel,
  attempts: Map<string, Attempt[]>,
  event: SagaEvent,
  time: string,
): Promise<void> {
  if (event.name === 'step-started') {
    const { step, kind, attempt, round, dueAt, commandId } = event.data;
    const command = { id: commandId, type: '', position: 0, data: null };
    attempts.set(step, [...(attempts.get(step) ?? []), { kind, attempt, round, startedAt: time, dueAt, command }]);
    return;
  }
  if (event.name !== 'step-succeeded' && event.name !== 'step-failed' && event.name !== 'step-timed-out') return;
  const { step, kind, attempt } = event.data;
  const ended = attempts.get(step)?.findLast((one) => one.kind === kind && one.attempt === attempt);
  if (ended === undefined) return;
  ended.endedAt = time;
  ended.outcome = event.name === 'step-succeeded' ? 'succeeded' : event.name === 'step-failed' ? 'failed' : 'timed-out';
  if (event.name === 'step-failed') ended.reason = event.data.reason;
  if (event.name === 'step-timed-out' || event.data.reply === undefined) return;
  ended.reply = await readReply(channel, event.data.reply);
}

async function readReply(channel: EventChannel, place: SagaReplyPlace): Promise<Attempt['reply']> {
  const { id, type, stream, position, subject } = place;
  for await (const { event } of channel.read(subject, { from: position, to: position })) {
    return { id, type, stream, position, data: event.data };
  }
  return { id, type, stream, position, data: null };
}

function stepState({ forward, compensation }: StepProgress): StepDocument['state'] {
  if (forward.state === 'parked' || compensation.state === 'parked' || compensation.state === 'failed') return 'parked';
  if (compensation.state === 'running') return 'compensating';
  if (compensation.state === 'succeeded' || compensation.state === 'resolved') return 'compensated';
  if (compensation.state === 'skipped') return 'skipped';
  if (forward.state === 'resolved') return 'succeeded';
  return forward.state === 'idle' ? 'waiting' : forward.state;
}

function nextOf({ wait, parked }: SagaState): SagaDocument['next'] {
  if (parked !== undefined) return { what: 'Waits for an operator' };
  if (wait === undefined) return undefined;
  const what = describeLeg(wait.kind, wait.step);
  const dueAt = new Date(wait.dueAt).toISOString();
  return { what: wait.for === 'reply' ? `Waits for the answer: ${what}` : `Tries again: ${what}`, dueAt };
}

function describeLeg(kind: SagaLegKind, step: string): string {
  return kind === 'forward' ? step : `undo ${step}`;
}

/** What happened, in words. */
function entryOf(event: SagaEvent): Pick<Entry, 'title' | 'who' | 'why'> {
  switch (event.name) {
    case 'started':
      return { title: `Began ${event.data.definition}, version ${event.data.version}` };
    case 'step-started':
      return { title: `${describeLeg(event.data.kind, event.data.step)}: attempt ${event.data.attempt}` };
    case 'step-succeeded':
      return { title: `${describeLeg(event.data.kind, event.data.step)}: done` };
    case 'step-failed':
      return { title: `${describeLeg(event.data.kind, event.data.step)}: ${event.data.reason}` };
    case 'step-timed-out':
      return { title: `${describeLeg(event.data.kind, event.data.step)}: no answer to attempt ${event.data.attempt}` };
    case 'compensating':
      return { title: `Goes back: ${event.data.reason}` };
    case 'parked':
      return { title: `Parked: ${event.data.reason}` };
    case 'operator-acted': {
      const { act, who, why, evidence } = event.data;
      return { title: `Operator: ${act}${evidence === undefined ? '' : ` (${evidence})`}`, who, why };
    }
    case 'ended':
      return { title: event.data.outcome === 'completed' ? 'Completed' : `Failed: ${event.data.reason ?? 'undone'}` };
    default:
      return event satisfies never;
  }
}
