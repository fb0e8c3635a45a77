import { parseSagaCommandId } from '../command-id.ts';
import { actsFor, decideSaga } from '../decide.ts';
import type { SagaInput } from '../decide.ts';
import type { Saga } from '../definition.ts';
import type { SagaAct, SagaEvent, SagaSend } from '../saga-event.ts';
import { evolveSaga } from '../state.ts';
import type { SagaState } from '../state.ts';
import { simulatedParticipant } from './simulated-participant.ts';
import type { SimulatedHandler, SimulatedReply } from './simulated-participant.ts';
import { seededRandom, virtualTime } from './virtual-time.ts';

/** How often things go wrong, each from 0 (never) to 1 (always), every time there is an occasion. */
export interface SimulatedFaults {
  /** A process dies at a border: before an effect, between effect and reply, between reply or commit and the note of it. */
  readonly crash: number;
  /** A message comes twice (again and again, with this chance each time). */
  readonly duplicate: number;
  /** A message takes so long that timeouts pass meanwhile. */
  readonly delay: number;
}

export interface SimulationOptions {
  /** Same seed, same run. */
  readonly seed: number;
  /** What runs. Every saga begins on the newest version of its name. */
  readonly definitions: readonly Saga[];
  readonly sagas: readonly {
    readonly id: string;
    /** Name of a definition. @default the first one's */
    readonly definition?: string;
    readonly data: unknown;
    /** When it begins. @default 0 milliseconds */
    readonly afterMs?: number;
  }[];
  /** By the name of the participant, then by type of command. One participant does one saga's commands in order. */
  readonly participants: Readonly<Record<string, Readonly<Record<string, SimulatedHandler>>>>;
  /** Types of commands whose handlers run at every attempt, as a participant's may. @default none */
  readonly askedAnew?: readonly string[];
  /** @default { crash: 0.05, duplicate: 0.1, delay: 0.05 } */
  readonly faults?: Partial<SimulatedFaults>;
  /**
   * What a person does about a saga that is parked once all is quiet; `undefined` leaves it. From the first act on nothing
   * goes wrong any more. Without it sagas stay parked.
   */
  readonly operator?: (saga: SagaState, acts: readonly SagaAct[]) => SagaAct | undefined;
  /** @default 100_000 for each saga */
  readonly maxDeliveries?: number;
}

export interface Simulation {
  /** Where each saga ended, by id. */
  readonly sagas: ReadonlyMap<string, SagaState>;
  /** The whole subject of each saga: its own events and the commands, in order. */
  readonly history: ReadonlyMap<string, readonly (SagaEvent | SagaSend)[]>;
  /** Sagas that were parked when it first became quiet. */
  readonly parked: readonly string[];
  readonly counts: { readonly deliveries: number; readonly crashes: number; readonly duplicates: number };
  /** Virtual time that passed, in milliseconds. */
  readonly tookMs: number;
}

/** A saga went on for ever. The message names the seed. */
export class SimulationEndless extends Error {
  readonly code = 'simulation-endless';
  constructor(seed: number, deliveries: number) {
    super(`seed ${seed}: still something to do after ${deliveries} deliveries`);
    this.name = 'SimulationEndless';
  }
}

interface Logged {
  state: SagaState | undefined;
  revision: number;
}

/** Processes that run sagas; each decides from its own memory, which may be behind the log. */
const REPLICAS = 2;
const RETRY_MS = 50;
const BEGINNING = Date.parse('2026-01-01T00:00:00Z');

/**
 * Runs sagas against participants in virtual time, while processes die at every border and messages come twice, late and
 * in another order: the same core that decides for real, around it a log, deliveries and memories of the same promises.
 * Commands of one saga reach one participant in order, as the channel promises; replies come in any order.
 * @throws {SimulationEndless}
 */
export function simulateSagas(options: SimulationOptions): Simulation {
  const { seed, definitions, participants, operator, askedAnew = [] } = options;
  const random = seededRandom(seed);
  const time = virtualTime(BEGINNING);
  const maxDeliveries = options.maxDeliveries ?? 100_000 * options.sagas.length;
  let faults: SimulatedFaults = { crash: 0.05, duplicate: 0.1, delay: 0.05, ...options.faults };
  const counts = { deliveries: 0, crashes: 0, duplicates: 0 };
  const log = new Map<string, Logged>();
  const history = new Map<string, (SagaEvent | SagaSend)[]>();
  const replicas = Array.from({ length: REPLICAS }, () => ({ memory: new Map<string, Logged>(), downUntil: 0 }));
  let replies = 0;

  const isBy = (chance: number) => random() < chance;
  const crashes = () => {
    const dies = isBy(faults.crash);
    if (dies) counts.crashes++;
    return dies;
  };
  const travelMs = () => (isBy(faults.delay) ? random() * 60_000 : random() * 20);
  const known = (name: string, version?: number) =>
    definitions
      .filter((one) => one.name === name && (version === undefined || one.version === version))
      .toSorted((a, b) => b.version - a.version)[0];

  /** One delivery to one of the processes, until that has dealt with it. */
  const tell = (id: string, definitionName: string, input: SagaInput): void => {
    const replica = replicas[Math.floor(random() * REPLICAS)]!;
    const later = () => time.after(RETRY_MS + travelMs(), () => tell(id, definitionName, input));
    const die = () => {
      replica.memory.clear();
      replica.downUntil = time.now() + random() * 5000;
      later();
    };
    counts.deliveries++;
    if (replica.downUntil > time.now()) return later();
    if (crashes()) return die();
    for (;;) {
      const current = log.get(id) ?? { state: undefined, revision: 0 };
      const seen = replica.memory.get(id) ?? current;
      const definition = seen.state ? known(seen.state.definition, seen.state.version) : known(definitionName);
      const { events, state } = decideSaga(definition, seen.state, input, time.now());
      if (seen.revision !== current.revision) {
        replica.memory.delete(id);
        continue;
      }
      if (events.length > 0) commit(id, events, { state, revision: current.revision + 1 });
      if (crashes()) return die();
      replica.memory.set(id, log.get(id) ?? current);
      return;
    }
  };

  const commit = (id: string, events: readonly (SagaEvent | SagaSend)[], after: Logged) => {
    const before = history.get(id) ?? [];
    history.set(id, [...before, ...events]);
    log.set(id, after);
    for (const event of events) if (event.name === 'command') send(id, event);
    const { wait, definition } = after.state!;
    if (wait !== undefined) time.after(wait.dueAt - time.now(), () => tell(id, definition, { kind: 'due' }));
  };

  const lanes = Object.values(participants).map((handlers) =>
    simulatedParticipant({ handlers, askedAnew, time, random, crashes, travelMs, isTwice, answer }),
  );
  function send(id: string, command: SagaSend): void {
    for (const participant of lanes) if (participant.takes(command.type)) participant.deliver(id, command);
  }
  function isTwice(): boolean {
    const twice = isBy(faults.duplicate);
    if (twice) counts.duplicates++;
    return twice;
  }
  function answer(command: SagaSend, reply: SimulatedReply): void {
    const to = parseSagaCommandId(command.id)!;
    const place = {
      id: `reply-${++replies}`,
      type: reply.type,
      stream: 'replies',
      subject: 'replies.all',
      position: replies,
    };
    const { definition } = log.get(to.sagaId)!.state!;
    do {
      time.after(travelMs(), () =>
        tell(to.sagaId, definition, { kind: 'reply', to, type: reply.type, data: reply.data, place }),
      );
    } while (isTwice());
  }
  const untilQuiet = () => {
    while (time.next()) if (counts.deliveries > maxDeliveries) throw new SimulationEndless(seed, counts.deliveries);
  };
  const parkedNow = () => [...log].flatMap(([id, { state }]) => (state?.status === 'parked' ? [id] : []));

  for (const { id, data, definition = definitions[0]!.name, afterMs = 0 } of options.sagas) {
    do time.after(afterMs + travelMs(), () => tell(id, definition, { kind: 'start', id, data }));
    while (isTwice());
  }
  untilQuiet();
  const parked = parkedNow();
  for (let waiting = operator === undefined ? [] : parked; waiting.length > 0;) {
    faults = { crash: 0, duplicate: 0, delay: 0 };
    let acted = 0;
    for (const id of waiting) {
      const state = log.get(id)!.state!;
      const act = operator?.(state, actsFor(known(state.definition, state.version), state));
      if (act === undefined) continue;
      acted++;
      tell(id, state.definition, { kind: 'act', act, who: 'operator', why: 'simulated' });
    }
    untilQuiet();
    waiting = acted === 0 ? [] : parkedNow();
  }
  const sagas = new Map([...log].flatMap(([id, { state }]) => (state === undefined ? [] : [[id, state] as const])));
  for (const [id, state] of sagas) assertRebuilds(seed, id, state, history.get(id) ?? []);
  return { sagas, history, parked, counts, tookMs: time.now() - BEGINNING };
}

/** What the log tells and what was decided from are the same. */
function assertRebuilds(seed: number, id: string, state: SagaState, events: readonly (SagaEvent | SagaSend)[]): void {
  let rebuilt: SagaState | undefined;
  for (const event of events) if (event.name !== 'command') rebuilt = evolveSaga(rebuilt, event, id);
  if (JSON.stringify(rebuilt) !== JSON.stringify(state))
    throw new Error(`seed ${seed}: saga "${id}" is not what its events tell`);
}
