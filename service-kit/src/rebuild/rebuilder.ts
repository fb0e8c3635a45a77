import type { EventChannel, Position, StreamName } from '@souk/event-channel';
import { Conflict } from '../api-error.ts';
import type { Apply } from '../apply-event.ts';
import type { Logger } from '../logger.ts';
import type { ProjectionSource } from '../projection-source.ts';
import type { Database } from '../sqlite.ts';
import { buildAside } from './build-aside.ts';
import { removeDatabase } from './remove-database.ts';
import { takeOverInThread } from './take-over-in-thread.ts';

/** How far a rebuild is. */
export interface RebuildProgress {
  readonly state: 'building' | 'rebuilt' | 'failed';
  /** Positions of the log that are done, of how many there are, over all streams. */
  readonly done: number;
  readonly total: number;
  /** Events applied. */
  readonly events: number;
  readonly seconds: number;
  /** How long the old one stood still, answering but not following, until the new one was in its place. */
  readonly swapMs?: number;
  /** Why it failed; the old one serves on. */
  readonly reason?: string;
}

/** A rebuild that runs, or did. */
export interface Rebuild {
  readonly progress: RebuildProgress;
  /** Resolves when `progress` has changed, or at once when it is at its end. Never rejects. */
  changed(): Promise<void>;
}

export interface RebuilderOptions {
  readonly name: string;
  readonly channel: EventChannel;
  readonly db: Database;
  readonly sources: readonly ProjectionSource[];
  readonly tables?: readonly string[];
  readonly apply: Apply;
  readonly positionOf: (stream: StreamName) => Position;
  /** Told of each stream's new position once the tables have changed. */
  readonly swapped: (stream: StreamName, position: Position) => void;
  readonly signal: AbortSignal;
  readonly log?: Logger;
}

export interface Rebuilder {
  /** @throws {Conflict} `rebuild-running`, `not-rebuildable` */
  start(): Rebuild;
  readonly current: Rebuild | undefined;
  /** For who follows the log: takes nothing until it resolves. */
  hold(): Promise<void> | undefined;
  ended(): Promise<void>;
}

/** Fewer events than this are taken while the old one stands still. */
const FEW = 256;
const MOST_PASSES = 10;

/**
 * Rebuilds one read model: builds it in a file of its own while the old one serves, again and again what came meanwhile;
 * then lets the old one stand still, takes the rest, and replaces its tables in one transaction. A crash before that
 * leaves a file that the next start removes, a crash in it leaves the old one.
 */
export function rebuilder(options: RebuilderOptions): Rebuilder {
  const { name, channel, db, sources, tables, positionOf, swapped, signal, log } = options;
  const file = `${db.file}.rebuild-${name}`;
  if (db.file !== ':memory:') removeDatabase(file);
  let current: Rebuild | undefined;
  let running: Promise<void> | undefined;
  let held: PromiseWithResolvers<void> | undefined;

  const run = async (report: (change: Partial<RebuildProgress>) => void): Promise<void> => {
    const aside = buildAside({ ...options, file });
    // Never farther than the one that serves: what that one has not taken yet it takes after the change, and does then what
    // it does beside its rows, such as telling who waits.
    const read = async () => {
      const ends = new Map<StreamName, Position>();
      for (const { stream } of sources) {
        const end = positionOf(stream);
        if ((await channel.lastPosition(stream)) < end) throw new Error(`"${stream}" is shorter than it was`);
        ends.set(stream, end);
      }
      const total = [...ends.values()].reduce((sum, position) => sum + position, 0);
      await aside.readTo(ends, (done, events) => report({ done, total, events }));
    };
    try {
      for (let pass = 1; pass <= MOST_PASSES; pass++) {
        const before = aside.done;
        await read();
        if (aside.done - before < FEW) break;
      }
      held = Promise.withResolvers();
      const begun = performance.now();
      await read();
      aside.close();
      const { positions } = aside;
      await db.lend(() => takeOverInThread({ from: file, into: db.file, tables: tables ?? [], name, positions }));
      for (const [stream, position] of positions) swapped(stream, position);
      report({ state: 'rebuilt', swapMs: Math.round((performance.now() - begun) * 10) / 10 });
    } finally {
      held?.resolve();
      held = undefined;
      aside.close();
      removeDatabase(file);
    }
  };

  return {
    hold: () => held?.promise,
    get current() {
      return current;
    },
    async ended() {
      await running;
    },
    start() {
      if (tables === undefined || db.file === ':memory:') {
        throw new Conflict('not-rebuildable', `"${name}" cannot be rebuilt while it serves`);
      }
      if (signal.aborted) throw new Conflict('not-rebuildable', `"${name}" is closing`);
      if (current?.progress.state === 'building')
        throw new Conflict('rebuild-running', `"${name}" is being rebuilt already`);
      const begun = performance.now();
      const job = tracked();
      const report = (change: Partial<RebuildProgress>) =>
        job.report({ ...change, seconds: Math.round(performance.now() - begun) / 1000 });
      log?.info({ projection: name }, 'rebuild begins');
      running = run(report)
        .catch((error: unknown) => {
          if (!signal.aborted) log?.error({ err: error, projection: name }, 'rebuild failed; the old one serves on');
          report({ state: 'failed', reason: error instanceof Error ? error.message : 'unknown' });
        })
        .finally(() => log?.info({ projection: name, ...job.progress }, 'rebuild ended'));
      current = job;
      return job;
    },
  };
}

/** Progress that can be waited for. */
function tracked() {
  let progress: RebuildProgress = { state: 'building', done: 0, total: 0, events: 0, seconds: 0 };
  let next = Promise.withResolvers<void>();
  return {
    get progress() {
      return progress;
    },
    changed: () => (progress.state === 'building' ? next.promise : Promise.resolve()),
    report(change: Partial<RebuildProgress>) {
      progress = { ...progress, ...change };
      next.resolve();
      next = Promise.withResolvers();
    },
  };
}
