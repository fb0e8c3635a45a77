import type { Appended, CloudEvent, EventChannel, FollowUp, Position, Recorded } from '@souk/event-channel';
import { causeOf } from '../cloud-event.ts';
import type { Cause } from '../trace.ts';
import { decideSaga } from './decide.ts';
import type { SagaDecision, SagaInput } from './decide.ts';
import type { Saga } from './definition.ts';
import { trailOf } from './saga-log.ts';
import type { LoggedSaga, SagaLog } from './saga-log.ts';
import type { SagaState } from './state.ts';

/** A commit of a saga, after it. */
export interface SagaChange {
  readonly id: string;
  /** Before it; absent when the saga has begun with it. */
  readonly before?: SagaState;
  readonly state: SagaState;
  readonly events: SagaDecision['events'];
  /** Conversation and trace of the saga. */
  readonly trail: Cause;
  /** Of its last event. */
  readonly position: Position;
}

export interface SagaBookOptions {
  readonly channel: EventChannel;
  readonly sagas: SagaLog;
  readonly known: (definition: string, version: number) => Saga | undefined;
  readonly now: () => number;
  readonly onChange?: (change: SagaChange) => void;
}

/** A decision, or why there is none. */
interface Attempt extends SagaDecision {
  readonly error?: unknown;
}

/** Sagas that are on their way, in memory, and the way each of their decisions goes into the log. */
export interface SagaBook {
  start(
    definition: Saga,
    id: string,
    data: unknown,
    cause?: Recorded | CloudEvent | Cause,
  ): Promise<{ position: Position; begun: boolean }>;
  /**
   * Tells a saga something, after what it was told before. What it decides is durable when this resolves.
   * @param what from what it knows; `undefined` for nothing
   * @param cause what it follows from, a request or an event; else from what the saga did last
   * @returns the position of its last event; `undefined` when there is no such saga
   * @throws what `what` throws
   */
  tell(
    id: string,
    what: (saga: LoggedSaga) => SagaInput | undefined,
    cause?: CloudEvent | Cause,
  ): Promise<Position | undefined>;
  /**
   * The same while the cause is being written, for a saga that is in memory with nothing at hand: what it decides is written
   * with it. `undefined`: nothing follows, or it takes more than memory to know.
   */
  follow(id: string, what: SagaInput, recorded: Recorded): FollowUp | undefined;
  /** Whether what was recorded has been followed: nothing is left to tell. Says so once. */
  followed(recorded: Recorded): boolean;
  /** The saga as the log has it. */
  look(id: string): Promise<LoggedSaga | undefined>;
  /** Somebody, here or elsewhere, has brought the saga to this position: what is older is forgotten. */
  saw(id: string, position: Position): void;
  /** Waits for what is at hand. */
  close(): Promise<void>;
}

export function sagaBook({ channel, sagas, known, now, onChange }: SagaBookOptions): SagaBook {
  const live = new Map<string, LoggedSaga>();
  /** The last thing asked of each saga: one after the other, so that a reply waits for the commit that it overtook. */
  const queues = new Map<string, Promise<unknown>>();

  /** Places of what was followed as it was written and will be delivered yet. */
  const followed = new Set<string>();

  const inTurn = <Result>(id: string, work: () => Promise<Result>): Promise<Result> => {
    const before = queues.get(id);
    const result = before === undefined ? work() : before.then(work, work);
    queues.set(id, result);
    const forget = () => {
      if (queues.get(id) === result) queues.delete(id);
    };
    result.then(forget, forget);
    return result;
  };

  const keep = (id: string, saga: LoggedSaga) => {
    const { status } = saga.state;
    if (status === 'running' || status === 'compensating') live.set(id, saga);
    else live.delete(id);
  };

  const find = async (id: string) => {
    const saga = live.get(id) ?? (await sagas.load(id));
    if (saga !== undefined) keep(id, saga);
    return saga;
  };

  const commitOf = (id: string, before: LoggedSaga | undefined, decision: SagaDecision, cause: Cause) => {
    const { events, state } = decision;
    const envelopes = sagas.envelope(events, cause, before === undefined ? `${id}.started` : undefined);
    const expect = before === undefined ? ('no-stream' as const) : { revision: before.revision };
    return {
      ...{ subject: sagas.subjectOf(id), events: envelopes, expect },
      /** @returns the position; `undefined` when it was there before */
      written({ position, revision, duplicate }: Appended): Position | undefined {
        if (duplicate || state === undefined) return undefined;
        const trail = before?.trail ?? trailOf(envelopes[0]!);
        keep(id, { state, revision, trail });
        onChange?.({ id, ...(before ? { before: before.state } : {}), state, events, trail, position });
        return position;
      },
    };
  };

  const append = async (id: string, before: LoggedSaga | undefined, decision: SagaDecision, cause: Cause) => {
    const { subject, events, expect, written } = commitOf(id, before, decision, cause);
    try {
      return written(await channel.append(subject, events, { expect }));
    } catch (error) {
      // What the log holds is not known any more, whatever went wrong.
      live.delete(id);
      if ((error as { code?: unknown }).code === 'wrong-revision') return undefined;
      throw error;
    }
  };

  const decide = (saga: LoggedSaga, what: (saga: LoggedSaga) => SagaInput | undefined): Attempt => {
    try {
      const input = what(saga);
      if (input === undefined) return { events: [], state: saga.state };
      const { definition, version } = saga.state;
      return decideSaga(known(definition, version), saga.state, input, now());
    } catch (error) {
      return { events: [], state: saga.state, error };
    }
  };

  return {
    start: (definition, id, data, cause) =>
      inTurn(id, async () => {
        if (!live.has(id)) {
          const decision = decideSaga(definition, undefined, { kind: 'start', id, data }, now());
          const position = await append(id, undefined, decision, cause === undefined ? rootOf(id) : causeOf(cause));
          if (position !== undefined) return { position, begun: true };
        }
        const saga = await find(id);
        if (saga === undefined) throw new Error(`saga "${id}" is neither new nor there`);
        return { position: saga.revision, begun: false };
      }),
    tell: (id, what, cause) =>
      inTurn(id, async () => {
        for (;;) {
          const remembered = live.get(id);
          const saga = remembered ?? (await find(id));
          if (saga === undefined) return undefined;
          const decision = decide(saga, what);
          if (decision.events.length > 0) {
            const position = await append(id, saga, decision, causeIn(saga, id, cause));
            if (position !== undefined) return position;
          } else if (remembered === undefined) {
            if (decision.error !== undefined) throw decision.error;
            return saga.revision;
          }
          // To do nothing, memory is not enough: no append would tell that another process has gone on.
          live.delete(id);
        }
      }),
    follow(id, what, recorded) {
      const saga = queues.has(id) ? undefined : live.get(id);
      if (saga === undefined) return undefined;
      const decision = decide(saga, () => what);
      if (decision.events.length === 0) return undefined;
      const { subject, events, expect, written } = commitOf(id, saga, decision, causeIn(saga, id, recorded.event));
      const { promise, resolve } = Promise.withResolvers<void>();
      void inTurn(id, () => promise);
      return {
        ...{ subject, events, expect },
        settled(outcome) {
          // Whatever went wrong: it is told again, as what was recorded is delivered.
          if (outcome instanceof Error || written(outcome) === undefined) live.delete(id);
          else followed.add(placeOf(recorded));
          resolve();
        },
      };
    },
    followed: (recorded) => followed.delete(placeOf(recorded)),
    saw(id, position) {
      if ((live.get(id)?.revision ?? position) < position) live.delete(id);
    },
    look: (id) => sagas.load(id),
    async close() {
      await Promise.allSettled(queues.values());
    },
  };
}

/** The saga goes on in the conversation that it began in. What a request brings about stands in the trace of that request. */
function causeIn({ trail }: LoggedSaga, id: string, cause: CloudEvent | Cause | undefined): Cause {
  if (cause === undefined) return { ...trail, causationid: `${id}.started` };
  if ('specversion' in cause) return { ...trail, causationid: cause.id };
  const { correlationid, causationid = correlationid, traceparent } = cause;
  return { ...trail, causationid, ...(traceparent === undefined ? {} : { traceparent }) };
}

function placeOf({ stream, position }: Recorded): string {
  return `${stream}/${position}`;
}

/** A saga that nothing caused is a conversation of its own. */
function rootOf(id: string): Cause {
  return { correlationid: id };
}
