import { effectKey, parseSagaCommandId } from '../command-id.ts';
import type { SagaSend } from '../saga-event.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What a participant answers in a simulation. */
export interface SimulatedReply {
  readonly type: string;
  readonly data: unknown;
}

export interface SimulatedContext {
  /** The same for every attempt at this effect. */
  readonly key: string;
  readonly sagaId: string;
  readonly attempt: number;
  /** Virtual milliseconds since 1970. */
  readonly now: number;
  /** In [0, 1), following from the seed. */
  readonly random: () => number;
  /** Runs `effect` the first time under this key and remembers its result, as a provider with idempotency keys does. */
  once<Result>(effect: () => Result): Result;
}

/**
 * Does what a command asks for, at once. It runs again under the same key when its process dies before the note of it.
 * `undefined`: no answer to this attempt.
 * @throws anything: the command comes again
 */
export type SimulatedHandler = (
  command: { readonly id: string; readonly type: string; readonly data: unknown },
  context: SimulatedContext,
) => SimulatedReply | undefined;

export interface SimulatedParticipantDeps {
  readonly handlers: Readonly<Record<string, SimulatedHandler>>;
  /** Types of commands that are never answered from memory. */
  readonly askedAnew: readonly string[];
  readonly time: VirtualTime;
  readonly random: () => number;
  readonly crashes: () => boolean;
  readonly travelMs: () => number;
  readonly isTwice: () => boolean;
  readonly answer: (command: SagaSend, reply: SimulatedReply) => void;
}

/** Takes commands in the order of each saga, with inbox and remembered answers as a real participant has them. */
export interface SimulatedParticipant {
  takes(type: string): boolean;
  deliver(sagaId: string, command: SagaSend): void;
}

const REDELIVER_MS = 100;

export function simulatedParticipant(deps: SimulatedParticipantDeps): SimulatedParticipant {
  const { handlers, askedAnew, time, random, crashes, travelMs, isTwice, answer } = deps;
  const queues = new Map<string, SagaSend[]>();
  const inbox = new Set<string>();
  const answers = new Map<string, SimulatedReply>();
  const effects = new Map<string, unknown>();
  let downUntil = 0;

  const next = (sagaId: string) => {
    const queue = queues.get(sagaId)!;
    const command = queue[0];
    if (command === undefined) return;
    const again = () => time.after(REDELIVER_MS + travelMs(), () => next(sagaId));
    const die = () => {
      downUntil = time.now() + random() * 5000;
      again();
    };
    if (downUntil > time.now()) return again();
    if (!inbox.has(command.id)) {
      if (crashes()) return die();
      const key = effectKey(command.id);
      let reply: SimulatedReply | undefined;
      try {
        const earlier = askedAnew.includes(command.type) ? undefined : answers.get(key);
        reply = earlier ?? handle(command, sagaId, key);
      } catch {
        return again();
      }
      if (crashes()) return die();
      if (reply !== undefined) answer(command, reply);
      if (crashes()) return die();
      if (reply !== undefined) answers.set(key, reply);
      inbox.add(command.id);
    }
    // Delivered once more although it was acked: nothing but the inbox tells.
    if (isTwice()) return again();
    queue.shift();
    if (queue.length > 0) time.after(travelMs(), () => next(sagaId));
  };

  const handle = (command: SagaSend, sagaId: string, key: string) => {
    const { attempt } = parseSagaCommandId(command.id)!;
    const once = <Result>(effect: () => Result): Result => {
      if (!effects.has(key)) effects.set(key, effect());
      return effects.get(key) as Result;
    };
    return handlers[command.type]?.(command, { key, sagaId, attempt, now: time.now(), random, once });
  };

  return {
    takes: (type) => Object.hasOwn(handlers, type),
    deliver(sagaId, command) {
      const queue = queues.get(sagaId) ?? [];
      queues.set(sagaId, queue);
      queue.push(command);
      if (queue.length === 1) time.after(travelMs(), () => next(sagaId));
    },
  };
}
