import type { EventChannel, Position, StreamName } from '@souk/event-channel';
import { createHash } from 'node:crypto';
import { readdirSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { Invalid, RateLimited, Unavailable, Unprocessable } from '../api-error.ts';
import { removeDatabase } from '../rebuild/remove-database.ts';
import type { PastSource } from './past-source.ts';

/** A read model as it was. */
export interface PastCopy {
  /** Its file is {@link pastFile} of it. */
  readonly id: string;
  /** Those that are in it. */
  readonly tables: readonly string[];
}

/** What copies of the past may take. */
export interface PastLimits {
  /** Until one is given up, waiting for others included. @default 20_000 milliseconds */
  readonly deadlineMs: number;
  /** Of one. @default 1 GiB */
  readonly maxBytes: number;
  /** So many are kept. @default 4 */
  readonly kept: number;
  /** So many may be made and wait. @default 4 */
  readonly maxWaiting: number;
}

/** Copies of one file's read models as they were, made when somebody asks. */
export interface PastCopies {
  /**
   * The copy that holds what the events up to these positions say; one beyond the end of a stream stands for its end.
   * @throws {Invalid} `past-unknown`: of a stream no position is told
   * @throws {Unprocessable} `past-too-slow`, `past-too-large`
   * @throws {RateLimited} `too-many-pasts`
   * @throws {Unavailable} closing
   */
  at(positions: Readonly<Record<StreamName, Position>>): Promise<PastCopy>;
  /** Gives up the one at hand and removes all files. */
  close(): Promise<void>;
}

// Less than the 30 s after which the gateway no longer waits for an answer.
const defaults: PastLimits = { deadlineMs: 20_000, maxBytes: 1024 ** 3, kept: 4, maxWaiting: 4 };

/** Where the copy lies, beside the file that serves. */
export function pastFile(file: string, id: string): string {
  return `${file}.as-of-${id}`;
}

/**
 * One is made at a time, in slices between the requests. The last ones are kept until the end; what a crash left over
 * is removed here.
 * @param sources all of one file
 */
export function pastCopies(
  file: string,
  sources: readonly PastSource[],
  channel: EventChannel,
  limits: Partial<PastLimits> = {},
): PastCopies {
  const { deadlineMs, maxBytes, kept, maxWaiting } = { ...defaults, ...limits };
  const tables = sources.flatMap((source) => source.tables);
  const streams = [...new Set(sources.flatMap((source) => source.streams))].toSorted();
  const closing = new AbortController();
  /** The one that was used last is the last. */
  const copies = new Map<string, Promise<void>>();
  let waiting = 0;
  let before: Promise<unknown> = Promise.resolve();
  removeLeftOvers(file);

  const endsOf = async (positions: Readonly<Record<StreamName, Position>>) => {
    const ends = new Map<StreamName, Position>();
    for (const stream of streams) {
      const position = positions[stream];
      if (position === undefined) throw new Invalid('past-unknown', `no position of "${stream}" is told`);
      ends.set(stream, Math.min(position, await channel.lastPosition(stream)));
    }
    return ends;
  };

  const build = async (id: string, ends: ReadonlyMap<StreamName, Position>, deadline: AbortSignal) => {
    const unfinished = pastFile(file, `${id}-unfinished`);
    const signal = AbortSignal.any([deadline, closing.signal]);
    try {
      for (const source of sources) await source.build({ file: unfinished, ends, maxBytes, signal });
      renameSync(unfinished, pastFile(file, id));
    } catch (cause) {
      if (closing.signal.aborted) throw new Unavailable('unavailable', 'this service is closing', { cause });
      if (deadline.aborted) throw tooSlow(deadlineMs, cause);
      if (isFull(cause)) throw tooLarge(maxBytes, cause);
      throw cause;
    } finally {
      removeDatabase(unfinished);
    }
  };

  const make = (id: string, ends: ReadonlyMap<StreamName, Position>): Promise<void> => {
    if (waiting >= maxWaiting) {
      throw new RateLimited('too-many-pasts', 'too many copies of the past are being made', { retryAfterMs: 5_000 });
    }
    waiting++;
    const deadline = AbortSignal.timeout(deadlineMs);
    const made = before.then(() => build(id, ends, deadline)).finally(() => waiting--);
    before = made.catch(() => copies.delete(id));
    return made;
  };

  return {
    async at(positions) {
      const ends = await endsOf(positions);
      if (closing.signal.aborted) throw new Unavailable('unavailable', 'this service is closing');
      const id = createHash('sha256')
        .update(JSON.stringify([...ends]))
        .digest('hex')
        .slice(0, 16);
      const made = copies.get(id) ?? make(id, ends);
      copies.set(id, made);
      await made;
      copies.delete(id);
      copies.set(id, made);
      for (const old of [...copies.keys()].slice(0, -kept)) {
        copies.delete(old);
        removeDatabase(pastFile(file, old));
      }
      return { id, tables };
    },
    async close() {
      closing.abort();
      await before;
      copies.clear();
      removeLeftOvers(file);
    },
  };
}

function tooSlow(deadlineMs: number, cause: unknown): Unprocessable {
  const message = `the read model as it was could not be made in ${deadlineMs / 1000} s; ask for an earlier position`;
  return new Unprocessable('past-too-slow', message, { cause, details: { deadlineMs } });
}

function tooLarge(maxBytes: number, cause: unknown): Unprocessable {
  const message = `the read model as it was is larger than ${maxBytes} bytes, or there is no room for it`;
  return new Unprocessable('past-too-large', message, { cause, details: { maxBytes } });
}

/** SQLite's "database or disk is full". */
function isFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (error as { errcode?: unknown }).errcode === 13 || isFull(error.cause);
}

function removeLeftOvers(file: string): void {
  const begin = pastFile(basename(file), '');
  for (const name of readdirSync(dirname(file))) if (name.startsWith(begin)) removeDatabase(join(dirname(file), name));
}
