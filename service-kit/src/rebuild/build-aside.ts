import type { EventChannel, Position, Recorded, StreamName } from '@souk/event-channel';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { applyEvent } from '../apply-event.ts';
import type { Apply } from '../apply-event.ts';
import type { ProjectionSource } from '../projection-source.ts';
import { openDatabase } from '../sqlite.ts';
import type { Database } from '../sqlite.ts';

export interface AsideOptions {
  /** Where it is built. */
  readonly file: string;
  readonly channel: EventChannel;
  /** The one that serves. */
  readonly db: Database;
  readonly sources: readonly ProjectionSource[];
  readonly apply: Apply;
  readonly signal: AbortSignal;
  /** A larger one fails with SQLite's error 13. @default no bound */
  readonly maxBytes?: number;
}

/** A read model in the making. */
export interface Aside {
  /** Positions passed, over all streams. */
  readonly done: number;
  readonly positions: ReadonlyMap<StreamName, Position>;
  position(stream: StreamName): Position;
  /** Takes what is there of each stream up to its end. */
  readTo(ends: ReadonlyMap<StreamName, Position>, report: (done: number, events: number) => void): Promise<void>;
  close(): void;
}

/** Requests are answered after so long at the latest. */
const SLICE_MS = 4;
const PAGE = 512;
/** SQLite's default. */
const PAGE_BYTES = 4096;

/** Opens an empty read model of the same schema, which forgets all about safety: what is not finished is thrown away. */
export function buildAside({ file, channel, db, sources, apply, signal, maxBytes }: AsideOptions): Aside {
  const aside = openDatabase({ file, migrations: db.migrations });
  aside.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536');
  if (maxBytes !== undefined) aside.exec(`PRAGMA max_page_count = ${Math.ceil(maxBytes / PAGE_BYTES)}`);
  const positions = new Map<StreamName, Position>(sources.map(({ stream }) => [stream, 0]));
  let events = 0;
  const done = () => [...positions.values()].reduce((sum, position) => sum + position, 0);

  /** As much of the page as fits into one slice of time. @returns how many */
  const take = (page: readonly Recorded[], from: number): number => {
    let next = from;
    // Whoever writes past the database given, into the one that serves, fails before anything is written.
    db.exec('PRAGMA query_only = ON');
    try {
      aside.transaction(() => {
        const until = performance.now() + SLICE_MS;
        do applyAt(page[next++] as Recorded);
        while (next < page.length && performance.now() < until);
      });
    } finally {
      db.exec('PRAGMA query_only = OFF');
    }
    events += next - from;
    return next;
  };
  const applyAt = (event: Recorded) => {
    try {
      applyEvent(apply, event, aside);
    } catch (cause) {
      const what = cause instanceof Error ? cause.message : 'unknown';
      throw new Error(`the event at position ${event.position} of "${event.stream}" cannot be applied: ${what}`, {
        cause,
      });
    }
  };

  const readStream = async ({ stream, filter }: ProjectionSource, to: Position, report: () => void) => {
    const from = (positions.get(stream) ?? 0) + 1;
    if (to < from) return;
    let page: Recorded[] = [];
    const takePage = async () => {
      for (let next = 0; next < page.length;) {
        next = take(page, next);
        positions.set(stream, page[next - 1]?.position ?? 0);
        report();
        await nextTurn();
        signal.throwIfAborted();
      }
      page = [];
    };
    for await (const event of channel.read(filter ?? `${stream}.>`, { from, to })) {
      page.push(event);
      if (page.length === PAGE) await takePage();
    }
    await takePage();
    positions.set(stream, to);
    report();
  };

  return {
    get done() {
      return done();
    },
    positions,
    position: (stream) => positions.get(stream) ?? 0,
    async readTo(ends, report) {
      const tell = () => report(done(), events);
      for (const source of sources) await readStream(source, ends.get(source.stream) ?? 0, tell);
    },
    close: () => aside.close(),
  };
}
