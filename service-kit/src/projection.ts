import { subjectMatcher } from '@souk/event-channel';
import type { EventChannel, Position, Recorded, StreamName, SubjectFilter } from '@souk/event-channel';
import { Stale, Unavailable } from './api-error.ts';
import { applyEvent, readCheckpoint, writeCheckpoint } from './apply-event.ts';
import type { Apply } from './apply-event.ts';
import { followLog } from './follow-log.ts';
import type { Follower } from './follower.ts';
import type { Logger } from './logger.ts';
import { pastSource } from './past/past-source.ts';
import type { PastSource } from './past/past-source.ts';
import { rebuilder } from './rebuild/rebuilder.ts';
import type { Rebuild } from './rebuild/rebuilder.ts';
import type { ProjectionSource } from './projection-source.ts';
import type { Database } from './sqlite.ts';

export interface ProjectionOptions {
  /** Name under which progress is kept in `db`; unique in it. */
  readonly name: string;
  readonly channel: EventChannel;
  readonly db: Database;
  /** The one stream to follow. For several give `sources`. */
  readonly stream?: StreamName;
  /** With `stream`: the subjects that matter. */
  readonly filter?: SubjectFilter;
  /** Several streams, each in its own order; between streams there is no order. */
  readonly sources?: readonly ProjectionSource[];
  /**
   * Takes one event into the read model. Synchronous, and only through `db`: it runs inside the transaction that also
   * moves the checkpoint. If it throws, nothing of it stays and the same event comes again. No clock, no random, no
   * order but that of one stream: built anew from the log, each row must come out the same. While it is, `db` is another
   * one; whoever also tells somebody of the event looks whether it is their own.
   */
  readonly apply: Apply;
  /** The tables that `apply` writes and nobody else; with them the read model can be rebuilt while it serves. */
  readonly tables?: readonly string[];
  /** Hears of every event when it arrives, before it is in the read model; perhaps more than once. Must not throw. */
  readonly onArrival?: (event: Recorded) => void;
  readonly log?: Logger;
  /** Most events in one transaction. @default 256 */
  readonly maxBatch?: number;
  /** Waits after failure 1, 2, …; the last one repeats. @default [100, 500, 2000, 5000] milliseconds */
  readonly backoffMs?: readonly number[];
}

export interface WaitOptions {
  /** @default 2000 milliseconds */
  readonly timeoutMs?: number;
  /** @default the first source */
  readonly stream?: StreamName;
}

/** A read model that follows the log. */
export interface Projection extends Follower {
  /** What it follows. */
  readonly streams: readonly StreamName[];
  /** Up to here events are in the read model, whether they matter to it or not. @default stream: the first source */
  position(stream?: StreamName): Position;
  /**
   * Resolves when the read model holds everything up to a position: how a caller reads its own write.
   * @throws {Stale} not in time
   * @throws {Unavailable} closed
   */
  waitFor(position: Position, options?: WaitOptions): Promise<void>;
  /**
   * Resolves when it holds everything that was in the log at the time of the call.
   * @throws {ProjectionAhead}
   * @throws {Unavailable} closed
   */
  ready(): Promise<void>;
  /**
   * Builds the read model anew from the log, beside the one that serves, and puts it in its place. Goes on whether or not
   * anybody looks.
   * @throws {Conflict} `rebuild-running`, or `not-rebuildable`: its `tables` are not named, or it keeps no file
   */
  rebuild(): Rebuild;
  /** The rebuild that runs, or the last one. */
  readonly rebuilding: Rebuild | undefined;
  /** Builds it as it was; `undefined` where it could not be rebuilt either. */
  readonly past: PastSource | undefined;
  /** Finishes the batch at hand and stops. Idempotent. */
  close(): Promise<void>;
}

/** The read model knows positions that the log does not have: it belongs to another log. Delete its file to rebuild it. */
export class ProjectionAhead extends Error {
  readonly code = 'projection-ahead';
  constructor(name: string, stream: StreamName, position: Position, last: Position) {
    super(
      `projection "${name}" is at ${position} of "${stream}", whose log ends at ${last}; delete its database to rebuild`,
    );
    this.name = 'ProjectionAhead';
  }
}

interface Waiter {
  readonly stream: StreamName;
  readonly position: Position;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Keeps a read model in step with the log. Begins at once, after its own checkpoint, and takes events strictly in order
 * of each stream. One transaction holds a batch of what waits and the checkpoint, so each event counts exactly once.
 * An event that `apply` refuses holds its stream up (a read model with a hole would be wrong for ever); health says so.
 * The log keeps no progress for it: drop its tables and checkpoint, and it builds itself anew.
 */
export function projection(options: ProjectionOptions): Projection {
  const { name, channel, db, apply, log } = options;
  const sources =
    options.sources ?? (options.stream === undefined ? [] : [{ stream: options.stream, filter: options.filter }]);
  const first = sources[0];
  if (first === undefined) throw new TypeError(`projection "${name}" follows nothing; give it a stream or sources`);

  const closing = new AbortController();
  const positions = new Map<StreamName, Position>();
  const targets = new Map<StreamName, Position>();
  const failures = new Map<StreamName, string>();
  const waiters = new Set<Waiter>();

  for (const { stream } of sources) positions.set(stream, readCheckpoint(db, name, stream));

  const positionOf = (stream: StreamName): Position => {
    const position = positions.get(stream);
    if (position === undefined) throw new TypeError(`projection "${name}" does not follow "${stream}"`);
    return position;
  };

  const moveTo = (stream: StreamName, position: Position) => {
    positions.set(stream, position);
    failures.delete(stream);
    for (const waiter of waiters) {
      if (waiter.stream === stream && waiter.position <= position) waiter.resolve();
    }
  };

  const commit = (stream: StreamName, matters: (subject: string) => boolean, batch: readonly Recorded[]) => {
    const before = positionOf(stream);
    const last = batch.at(-1)?.position ?? before;
    if (last <= before) return;
    db.transaction(() => {
      for (const event of batch) {
        if (event.position > before && matters(event.subject)) applyEvent(apply, event, db);
      }
      writeCheckpoint(db, name, stream, last);
    });
    moveTo(stream, last);
  };

  const wait = (stream: StreamName, position: Position, timeoutMs: number | undefined): Promise<void> => {
    if (positionOf(stream) >= position) return Promise.resolve();
    if (closing.signal.aborted) return Promise.reject(closedError(name));
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter: Waiter = { stream, position, resolve, reject };
    waiters.add(waiter);
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            const details = { wanted: position, position: positionOf(stream) };
            reject(new Stale('stale', `not caught up with position ${position} yet`, { details, retryAfterMs: 1000 }));
          }, timeoutMs);
    return promise.finally(() => {
      clearTimeout(timer);
      waiters.delete(waiter);
    });
  };

  const rebuilds = rebuilder({
    ...{ name, channel, db, sources, apply, positionOf, signal: closing.signal },
    ...(options.tables ? { tables: options.tables } : {}),
    ...(log ? { log } : {}),
    swapped: moveTo,
  });

  const running = sources.map(({ stream, filter }) => {
    // The filter is applied here and not in the channel: the position must also move past events that do not matter,
    // or a caller who waits for one of those would wait for ever.
    const matters = filter === undefined ? () => true : subjectMatcher(filter);
    return followLog({
      channel,
      stream,
      signal: closing.signal,
      maxBatch: options.maxBatch ?? 256,
      backoffMs: options.backoffMs ?? [100, 500, 2000, 5000],
      from: () => positionOf(stream) + 1,
      hold: () => rebuilds.hold() ?? db.lent,
      commit: (batch) => commit(stream, matters, batch),
      ...(options.onArrival ? { arrived: options.onArrival } : {}),
      onFailure(error, attempt) {
        failures.set(stream, `after position ${positionOf(stream)} of "${stream}", attempt ${attempt}`);
        log?.error(
          { err: error, projection: name, stream, position: positionOf(stream), attempt },
          'projection failed',
        );
      },
    });
  });

  return {
    name,
    streams: sources.map(({ stream }) => stream),
    position: (stream = first.stream) => positionOf(stream),
    waitFor: (position, { timeoutMs = 2000, stream = first.stream } = {}) => wait(stream, position, timeoutMs),
    async ready() {
      for (const { stream } of sources) {
        const last = await channel.lastPosition(stream);
        if (positionOf(stream) > last) throw new ProjectionAhead(name, stream, positionOf(stream), last);
        await wait(stream, last, undefined);
      }
    },
    async status() {
      const streams = await Promise.all(
        sources.map(async ({ stream }) => {
          const last = await channel.lastPosition(stream);
          if (!targets.has(stream)) targets.set(stream, last);
          return { stream, position: positionOf(stream), lag: Math.max(0, last - positionOf(stream)) };
        }),
      );
      const caughtUp = sources.every(({ stream }) => positionOf(stream) >= (targets.get(stream) ?? 0));
      const failing = [...failures.values()].join('; ');
      return { name, kind: 'projection', caughtUp, streams, deadLetters: 0, ...(failing === '' ? {} : { failing }) };
    },
    rebuild: rebuilds.start,
    get rebuilding() {
      return rebuilds.current;
    },
    past: pastSource({ ...options, sources, closing: closing.signal }),
    async close() {
      closing.abort();
      for (const waiter of waiters) waiter.reject(closedError(name));
      await Promise.all([...running, rebuilds.ended()]);
    },
  };
}

function closedError(name: string): Unavailable {
  return new Unavailable('unavailable', `"${name}" is closing`);
}
