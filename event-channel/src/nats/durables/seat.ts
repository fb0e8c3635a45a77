import { DurableConflict } from '../../errors.ts';
import type { ConsumerSettings } from '../../log/consumer-settings.ts';
import { startConsumer } from '../../log/consumer.ts';
import { createProgressBook } from '../../log/progress-book.ts';
import type { ConsumeOptions, Consumer, Delivery } from '../../port.ts';
import type { Order, SavedProgress } from '../../log/store.ts';
import { remoteLog, type RemoteLogDeps } from './cursor.ts';
import { LeaseLost, type DurableRecords, type Head, type HeadRecord } from './records.ts';
import { createLeaseSaver } from './saver.ts';

/** The place of the one channel that handles a durable: taken, waited for, lost and taken again. */
export interface Seat {
  /** The engine that delivers, as long as the seat is held; after `close` the last one. */
  readonly consumer: Consumer | undefined;
  readonly closed: boolean;
  /** Why this durable can never be handled as asked; known only when the server has answered. */
  readonly conflict: DurableConflict | undefined;
  /** Settles when the first try has had an answer: the seat is held, or another process has it. Never rejects. */
  readonly begun: Promise<void>;
  close(): Promise<void>;
}

export interface SeatOptions extends RemoteLogDeps {
  readonly leaseMs: number;
  readonly records: DurableRecords;
  readonly owner: string;
  readonly settings: ConsumerSettings;
  readonly deliver: NonNullable<ConsumeOptions['deliver']>;
  readonly handler: (delivery: Delivery) => Promise<void>;
}

export function begunWith({ stream, durable }: ConsumerSettings, order: Order): DurableConflict {
  return new DurableConflict(stream, durable, `was begun with order "${order}"`);
}

/** A head of another process, and since when it has not changed. */
interface Watched {
  readonly sequence: number;
  readonly since: number;
}

export function startSeat(options: SeatOptions): Seat {
  const { records, owner, settings, deliver, handler, streams, leaseMs, onHandlerError } = options;
  const { stream, durable, order, filter } = settings;
  const closing = new AbortController();
  const begun = Promise.withResolvers<void>();
  let consumer: Consumer | undefined;
  let watched: Watched | undefined;
  let conflict: DurableConflict | undefined;

  const running = run().finally(begun.resolve);
  return {
    get consumer() {
      return consumer;
    },
    get closed() {
      return closing.signal.aborted;
    },
    get conflict() {
      return conflict;
    },
    begun: begun.promise,
    async close() {
      closing.abort();
      await running;
    },
  };

  async function run(): Promise<void> {
    // Where "new" begins must be written before anything that is appended later.
    let taking = deliver === 'new' ? streams.before(stream, begin) : begin();
    for (;;) {
      try {
        const seat = await taking;
        if (seat) await serve(seat);
        begun.resolve();
      } catch (error) {
        onHandlerError(error, { subject: filter, name: `durable ${durable}` });
        if (error instanceof DurableConflict) return void (conflict = error);
      }
      if (closing.signal.aborted) return;
      await pause(Math.min(leaseMs / 6, 1_000));
      if (closing.signal.aborted) return;
      taking = begin();
    }
  }

  async function begin(): Promise<HeadRecord | undefined> {
    await streams.made(stream);
    return take();
  }

  /** Makes this channel the owner, if nobody is or the owner is silent. */
  async function take(): Promise<HeadRecord | undefined> {
    await streams.readyDurables();
    const last = await records.readHead();
    if (last && last.head.order !== order) throw begunWith(settings, last.head.order);
    if (last && last.head.owner !== null && last.head.owner !== owner && !isSilent(last)) return undefined;
    const floor = last?.head.floor ?? (await firstFloor());
    const head: Head = { stream, durable, order, floor, owner, leaseMs, count: (last?.head.count ?? 0) + 1 };
    try {
      return await records.writeHead(head, last?.sequence ?? 0);
    } catch (error) {
      if (error instanceof LeaseLost) return undefined;
      throw error;
    }
  }

  async function firstFloor(): Promise<number> {
    if (deliver === 'new') return streams.lastPosition(stream);
    return typeof deliver === 'object' ? deliver.from - 1 : 0;
  }

  /** By the clock of this process alone: clocks need not agree. */
  function isSilent({ head, sequence }: HeadRecord): boolean {
    if (watched?.sequence !== sequence) watched = { sequence, since: Date.now() };
    return Date.now() - watched.since >= head.leaseMs;
  }

  /** Delivers until the seat is lost or given back. */
  async function serve(seat: HeadRecord): Promise<void> {
    const ended = Promise.withResolvers<void>();
    const saver = createLeaseSaver(records, seat, ended.resolve);
    closing.signal.addEventListener('abort', () => ended.resolve(), { once: true });
    try {
      if (!closing.signal.aborted) {
        const saved = await progressOf(seat);
        const book = createProgressBook(settings, saved, saver);
        consumer = startConsumer(settings, handler, {
          ...{ log: remoteLog(options, settings), book, saved, onHandlerError },
          now: Date.now,
        });
        begun.resolve();
        await ended.promise;
        await consumer.close();
      }
      await saver.release();
    } catch (error) {
      // What was acked and not written is delivered again, by whoever has the seat then.
      if (!(error instanceof LeaseLost) && !closing.signal.aborted) throw error;
    } finally {
      saver.stop();
      if (!closing.signal.aborted) consumer = undefined;
    }
  }

  async function progressOf({ head, sequence }: HeadRecord): Promise<SavedProgress> {
    const { lagging, dead } = await records.load(sequence, closing.signal);
    // A dead letter is written before the place of its subject; what is before it was settled.
    for (const { subject, position } of order === 'per-subject' ? dead : []) {
      if ((lagging.get(subject) ?? 0) < position) lagging.set(subject, position);
    }
    return { order, floor: head.floor, lagging, dead };
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms);
      closing.signal.addEventListener('abort', done);
      function done(): void {
        clearTimeout(timer);
        closing.signal.removeEventListener('abort', done);
        resolve();
      }
    });
  }
}
