import { LogUnavailable } from '../../errors.ts';
import type { DeadRow, Order } from '../../log/store.ts';
import type { Position, StreamName, Subject } from '../../port.ts';
import { apiError, apiErrorCode, delay, requestTimeoutMs, type Connection } from '../connection.ts';
import type { Names } from '../names.ts';
import { startOrderedPull } from '../ordered-pull.ts';

/** What says how far a durable is, and who handles it. Written only by whoever knows the last one that was written. */
export interface Head {
  readonly stream: StreamName;
  readonly durable: string;
  readonly order: Order;
  /** Everything up to here is settled, save what lags. */
  readonly floor: Position;
  /** The channel that handles it; `null` when nobody does. */
  readonly owner: string | null;
  /** A head that has not changed for so long belongs to whoever is first. */
  readonly leaseMs: number;
  /** Tells one write from the next. */
  readonly count: number;
}

/** A head and its place in the stream of the server. */
export interface HeadRecord {
  readonly head: Head;
  readonly sequence: number;
}

/** Somebody else has written the head: this durable is theirs. */
export class LeaseLost extends Error {}

/** What the server keeps for one durable: its head, its lagging subjects, its dead letters, each under a subject. */
export interface DurableRecords {
  readHead(): Promise<HeadRecord | undefined>;
  /** @throws {LeaseLost} the last head is not the one with this sequence (`0`: there is none) */
  writeHead(head: Head, lastSequence: number): Promise<HeadRecord>;
  /** Everything but the head that was written before a head with this sequence. */
  load(sequence: number, signal?: AbortSignal): Promise<{ lagging: Map<Subject, Position>; dead: DeadRow[] }>;
  putLagging(subject: Subject, position: Position): Promise<void>;
  dropLagging(subject: Subject): Promise<void>;
  putDead(row: DeadRow): Promise<void>;
  dropDead(position: Position): Promise<void>;
}

/** @param prefix of {@link Names.durable} */
export function durableRecords(connection: Connection, names: Names, prefix: string): DurableRecords {
  const { js, jsm, ask } = connection;
  const headSubject = `${prefix}.head`;
  const lagging = (subject: Subject) => `${prefix}.lagging.${subject}`;
  const dead = (position: Position) => `${prefix}.dead.${position}`;

  return {
    readHead,
    async writeHead(head, lastSequence) {
      try {
        return { head, sequence: await put(headSubject, head, lastSequence) };
      } catch (error) {
        if (apiErrorCode(error) !== apiError.wrongLastSequence) throw unavailable(error);
        // A write without an answer, which was repeated, may have come through.
        const last = await readHead();
        if (last && last.head.owner === head.owner && last.head.count === head.count) return last;
        throw new LeaseLost(`durable "${head.durable}" is handled by another process`);
      }
    },
    async load(sequence, signal) {
      const found = { lagging: new Map<Subject, Position>(), dead: [] as DeadRow[] };
      const pull = startOrderedPull(connection, {
        stream: names.durables,
        filter: `${prefix}.>`,
        from: 1,
        toSubject: (subject) => subject.slice(prefix.length + 1),
      });
      const stop = () => pull.close();
      signal?.addEventListener('abort', stop);
      try {
        for (;;) {
          const messages = signal?.aborted ? [] : await pull.next();
          if (messages.length === 0) throw new LogUnavailable('closed while the progress of a durable was read');
          for (const { subject, data, sequence: at } of messages) {
            const [kind = '', ...rest] = subject.split('.');
            const value = JSON.parse(Buffer.from(data).toString());
            if (kind === 'lagging') found.lagging.set(rest.join('.'), value);
            if (kind === 'dead') found.dead.push(value);
            if (at >= sequence) return found;
          }
        }
      } finally {
        stop();
        signal?.removeEventListener('abort', stop);
      }
    },
    putLagging: async (subject, position) => void (await put(lagging(subject), position).catch(rethrow)),
    dropLagging: (subject) => drop(lagging(subject)),
    putDead: async (row) => void (await put(dead(row.position), row).catch(rethrow)),
    dropDead: (position) => drop(dead(position)),
  };

  async function readHead(): Promise<HeadRecord | undefined> {
    const last = await ask(() => jsm.streams.getMessage(names.durables, { last_by_subj: headSubject })).catch(rethrow);
    return last ? { head: last.json<Head>(), sequence: last.seq } : undefined;
  }

  async function put(subject: string, value: unknown, lastSubjectSequence?: number): Promise<number> {
    const expect = lastSubjectSequence === undefined ? {} : { expect: { lastSubjectSequence } };
    const settings = { timeout: requestTimeoutMs, ...expect };
    for (let tries = 1; ; tries++) {
      try {
        return (await ask(() => js.publish(subject, JSON.stringify(value), settings))).seq;
      } catch (error) {
        // Not decided yet, as a rule for some milliseconds.
        if (apiErrorCode(error) !== apiError.wrongLastSequenceInFlight || tries > 8) throw error;
        await delay(5 * 2 ** tries);
      }
    }
  }

  async function drop(subject: string): Promise<void> {
    await ask(() => jsm.streams.purge(names.durables, { filter: subject })).catch(rethrow);
  }
}

function rethrow(error: unknown): never {
  throw unavailable(error);
}

function unavailable(cause: unknown): LogUnavailable {
  return new LogUnavailable('the progress of a durable cannot be read or written', { cause });
}
