import type { DeadLetter, EventChannel, Position, Revision } from '@souk/event-channel';
import { Type } from 'typebox';
import type { Static } from 'typebox';
import { Conflict, NotFound } from '../api-error.ts';
import { cloudEvent } from '../cloud-event.ts';
import type { Logger } from '../logger.ts';
import type { Reactor } from '../reactor.ts';
import type { Cause } from '../trace.ts';

const about = {
  reactor: Type.String(),
  stream: Type.String(),
  subject: Type.String(),
  position: Type.Integer(),
  eventId: Type.String(),
  eventType: Type.String(),
};
const act = { ...about, by: Type.String({ description: 'shopperId of who did it' }) };

/** Data of the events about dead letters, by what comes after `<owner>.dead-letter-` and before `.v1`. */
export const DeadLetterEventSchemas = {
  parked: Type.Object({ ...about, reason: Type.String(), deliveryCount: Type.Integer(), parkedAt: Type.String() }),
  replayed: Type.Object({ ...act, note: Type.Optional(Type.String()) }),
  dismissed: Type.Object({ ...act, note: Type.String() }),
} as const;

type Schemas = typeof DeadLetterEventSchemas;

/** What people do about a dead letter. */
export interface DeadLetterAct {
  readonly act: 'replay' | 'dismiss';
  /** `shopperId` of the person. */
  readonly by: string;
  readonly note?: string;
  readonly cause: Cause;
}

/** The dead letters of one backend, and what was done about them. */
export interface DeadLetterLog {
  /** Sorted by reactor and position. @throws {Conflict} `handled-elsewhere` */
  list(): Promise<readonly DeadLetter[]>;
  /** @throws {NotFound} {@link Conflict} `handled-elsewhere` */
  find(reactor: string, position: Position): Promise<DeadLetter>;
  /**
   * Notes the act in the log, then does it.
   * @returns position of the event that says so
   * @throws {NotFound} {@link Conflict} `handled-elsewhere`
   */
  act(reactor: string, position: Position, act: DeadLetterAct): Promise<Position>;
  close(): Promise<void>;
}

export interface DeadLetterLogOptions {
  /** The backend: its events go to `<name>.upkeep.dead-letters`. */
  readonly name: string;
  readonly channel: EventChannel;
  readonly reactors: readonly Reactor[];
  readonly log: Logger;
  readonly clock: () => Date;
}

const UPKEEP = /^[^.]+\.upkeep\./;

/**
 * Looks after the dead letters of some reactors. That one was parked is an event as well, exactly once for each time that
 * its deliveries were used up: its id tells how often the letter was replayed before, and it is appended against the
 * revision of the subject that says which ids there are.
 */
export function openDeadLetterLog({ name, channel, reactors, log, clock }: DeadLetterLogOptions): DeadLetterLog {
  const subject = `${name}.upkeep.dead-letters`;
  const known = new Set<string>();
  const replays = new Map<string, number>();
  /** By letter: since when it is parked, as far as that is noted, and what was then to be done about it. */
  const noted = new Map<string, { readonly parkedAt: string; readonly act?: DeadLetterAct['act'] }>();
  let revision: Revision = 0;
  let turn: Promise<unknown> = Promise.resolve();
  let closed = false;

  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const result = turn.then(work);
    turn = result.catch(() => undefined);
    return result;
  };
  const readOn = async () => {
    for await (const { event, position } of channel.read(subject, { from: revision + 1 })) {
      known.add(event.id);
      revision = position;
      const key = keyOf(event.data as Static<Schemas['replayed']>);
      const { parkedAt = noted.get(key)?.parkedAt ?? '' } = event.data as { parkedAt?: string };
      if (event.type === `${name}.dead-letter-parked.v1`) noted.set(key, { parkedAt });
      if (event.type === `${name}.dead-letter-dismissed.v1`) noted.set(key, { parkedAt, act: 'dismiss' });
      if (event.type !== `${name}.dead-letter-replayed.v1`) continue;
      noted.set(key, { parkedAt, act: 'replay' });
      replays.set(key, (replays.get(key) ?? 0) + 1);
    }
  };
  /** @returns position of the event; `undefined` when the log has one with this id */
  const append = async (event: ReturnType<typeof envelope>): Promise<Position | undefined> => {
    for (;;) {
      if (known.has(event.id)) return undefined;
      const expect = revision === 0 ? ('no-stream' as const) : { revision };
      try {
        const { position } = await channel.append(subject, [event], { expect });
        await readOn();
        return position;
      } catch (error) {
        // Another process was faster.
        if ((error as { code?: unknown }).code !== 'wrong-revision') throw error;
        await readOn();
      }
    }
  };
  const envelope = <Kind extends keyof Schemas>(kind: Kind, id: string, data: Static<Schemas[Kind]>, cause: Cause) =>
    cloudEvent({ type: `${name}.dead-letter-${kind}.v1`, source: `/${name}`, data, time: clock(), id, cause });

  const noteParked = (reactor: Reactor) =>
    inTurn(async () => {
      // What is about dead letters itself is listed and no more: a reactor that fails on it would go round for ever.
      const letters = (await lettersOf(reactor)).filter((letter) => !UPKEEP.test(letter.subject));
      if (letters.length === 0) return;
      await readOn();
      for (const letter of letters) {
        const { reason, deliveryCount, parkedAt, event } = letter;
        const before = noted.get(keyOf({ reactor: reactor.name, ...letter }));
        if (before?.parkedAt === parkedAt) {
          // Noted by a process that died before it was done.
          if (before.act !== undefined) await perform(reactor, letter, before.act);
          continue;
        }
        const id = `${keyOf({ reactor: reactor.name, ...letter })}-parked-${replaysOf(reactor, letter)}`;
        const cause = { correlationid: event.correlationid, causationid: event.id };
        await append(envelope('parked', id, { ...facts(reactor, letter), reason, deliveryCount, parkedAt }, cause));
      }
    }).catch((err: unknown) => {
      if (!closed && !isElsewhere(err)) log.warn({ err, reactor: reactor.name }, 'a dead letter is not noted yet');
    });
  const replaysOf = (reactor: Reactor, letter: DeadLetter) =>
    replays.get(keyOf({ reactor: reactor.name, ...letter })) ?? 0;

  const stops = reactors.map((reactor) => reactor.onParked(() => void noteParked(reactor)));
  // What was parked just before a crash.
  for (const reactor of reactors) void noteParked(reactor);

  const reactorNamed = (wanted: string): Reactor => {
    const found = reactors.find((reactor) => reactor.name === wanted);
    if (found === undefined) throw new NotFound();
    return found;
  };
  const letterAt = async (reactor: Reactor, position: Position): Promise<DeadLetter> => {
    const letter = (await lettersOf(reactor)).find((one) => one.position === position);
    if (letter === undefined) throw new NotFound('no-such-dead-letter', 'there is no dead letter at this position');
    return letter;
  };

  return {
    async list() {
      const all = await Promise.all(reactors.map(lettersOf));
      return all
        .flat()
        .toSorted((a, b) => (a.durable < b.durable ? -1 : a.durable > b.durable ? 1 : a.position - b.position));
    },
    find: async (wanted, position) => letterAt(reactorNamed(wanted), position),
    act: async (wanted, position, { act: what, by, note, cause }) => {
      const reactor = reactorNamed(wanted);
      await letterAt(reactor, position);
      await noteParked(reactor);
      return inTurn(async () => {
        const letter = await letterAt(reactor, position);
        const round = replaysOf(reactor, letter);
        const done = { ...facts(reactor, letter), by };
        const id = `${keyOf(done)}-${what}-${round}`;
        const event =
          what === 'replay'
            ? envelope('replayed', id, { ...done, ...(note === undefined ? {} : { note }) }, cause)
            : envelope('dismissed', id, { ...done, note: note ?? '' }, cause);
        const place = await append(event);
        await perform(reactor, letter, what);
        return place ?? revision;
      });
    },
    async close() {
      closed = true;
      for (const stop of stops) stop();
      await turn;
    },
  };
}

function perform(reactor: Reactor, { position }: DeadLetter, act: DeadLetterAct['act']): Promise<void> {
  return act === 'replay' ? reactor.replay(position) : reactor.dismiss(position);
}

async function lettersOf(reactor: Reactor): Promise<readonly DeadLetter[]> {
  try {
    return await reactor.deadLetters();
  } catch (error) {
    if (!isElsewhere(error)) throw error;
    const message = `"${reactor.name}" runs in another process at present; ask that one`;
    throw new Conflict('handled-elsewhere', message, { cause: error, retryAfterMs: 1000 });
  }
}

function isElsewhere(error: unknown): boolean {
  const { code } = error as { code?: unknown };
  return code === 'durable-conflict' || code === 'handled-elsewhere';
}

function facts(reactor: Reactor, { stream, subject, position, event }: DeadLetter) {
  return { reactor: reactor.name, stream, subject, position, eventId: event.id, eventType: event.type };
}

function keyOf({ reactor, position }: { readonly reactor: string; readonly position: Position }): string {
  return `${reactor}-${position}`;
}
