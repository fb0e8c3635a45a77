import { assertLogSubject } from '../assert-subject.ts';
import { EmptyCommit, LogUnavailable, TooLarge } from '../errors.ts';
import type { Appended, AppendOptions, CloudEvent, FollowUp, StreamName, Subject } from '../port.ts';
import { streamOf } from '../stream-of.ts';
import type { Signal } from './signal.ts';
import type { Commit, ProgressChange, Store } from './store.ts';

/** How long progress may stay unwritten when no append takes it along. */
const saveProgressAfterMs = 25;

/** Gathers what is to be written and writes it as one transaction per event-loop turn. */
export interface Committer {
  append(subject: Subject, events: readonly CloudEvent[], options: AppendOptions): Promise<Appended>;
  /** Has progress written with the next group of appends, or soon. */
  saveSoon(source: ProgressSource): void;
  /** Writes all that waits, now. @throws {LogUnavailable} appends that waited are rejected with the same */
  flush(): void;
  /** Writes what waits, and nothing from then on. @throws {LogUnavailable} */
  close(): void;
}

/** Something whose progress is kept: asked when there is a transaction to put it in. */
export interface ProgressSource {
  /** What is not saved yet, including what was asked for before and could not be. */
  changes(): ProgressChange;
  /** The changes last asked for are durable. */
  saved(): void;
}

interface Waiting {
  readonly commit: Commit;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

/** A commit that follows from another one, and who hears what became of it. */
export interface FollowingCommit {
  readonly commit: Commit;
  readonly settled: FollowUp['settled'];
}

export interface CommitterOptions {
  readonly maxCommitBytes: number;
  /** Asked about each commit that is written; what it names is written with it. */
  readonly following?: (commit: Commit, appended: Appended) => readonly FollowingCommit[];
}

export function createCommitter(store: Store, grown: Signal<StreamName>, options: CommitterOptions): Committer {
  const { maxCommitBytes, following = () => [] } = options;

  let waiting: Waiting[] = [];
  const unsaved = new Set<ProgressSource>();
  let turn: NodeJS.Immediate | undefined;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  return {
    append(subject, events, options) {
      return new Promise((resolve, reject) => {
        waiting.push({ commit: toCommit(subject, events, options, maxCommitBytes), resolve, reject });
        turn ??= setImmediate(flushQuietly);
      });
    },
    saveSoon(source) {
      if (closed) return;
      unsaved.add(source);
      timer ??= setTimeout(flushQuietly, saveProgressAfterMs);
    },
    flush,
    close() {
      try {
        flush();
      } finally {
        closed = true;
        stopWaiting();
      }
    },
  };

  function flush(): void {
    stopWaiting();
    const group = waiting;
    const sources = [...unsaved];
    if (group.length === 0 && sources.length === 0) return;
    waiting = [];
    const commits = group.map(({ commit }) => commit);
    const taken = (commit: Commit, appended: Appended) => {
      for (const { commit: next, settled } of following(commit, appended)) {
        commits.push(next);
        group.push({ commit: next, resolve: settled, reject: (error) => settled(error as Error) });
      }
    };
    try {
      const outcomes = store.write({ commits, progress: sources.map((source) => source.changes()), taken });
      for (const source of sources) {
        unsaved.delete(source);
        source.saved();
      }
      settle(group, outcomes);
    } catch (cause) {
      const error = new LogUnavailable('a transaction failed and nothing of it is written', { cause });
      for (const { reject } of group) reject(error);
      throw error;
    }
  }

  function settle(group: readonly Waiting[], outcomes: readonly (Appended | Error)[]): void {
    const streams = new Set<StreamName>();
    group.forEach(({ commit, resolve, reject }, index) => {
      const outcome = outcomes[index] as Appended | Error;
      if (outcome instanceof Error) return reject(outcome);
      if (!outcome.duplicate) streams.add(commit.stream);
      resolve(outcome);
    });
    for (const stream of streams) grown.notify(stream);
  }

  /** For flushes nobody waits for: appends have their own answer, and progress stays unsaved and is tried again. */
  function flushQuietly(): void {
    try {
      flush();
    } catch {
      if (unsaved.size > 0) timer ??= setTimeout(flushQuietly, 40 * saveProgressAfterMs);
    }
  }

  function stopWaiting(): void {
    clearImmediate(turn);
    clearTimeout(timer);
    turn = timer = undefined;
  }
}

/**
 * Checks an append and makes it independent of what the caller does to the events later.
 * @throws {InvalidSubject} {@link EmptyCommit} {@link TooLarge}
 */
export function toCommit(
  subject: Subject,
  events: readonly CloudEvent[],
  options: AppendOptions,
  maxBytes: number,
): Commit {
  assertLogSubject(subject);
  const [first] = events;
  if (!first) throw new EmptyCommit(subject);
  const json = events.map((event) => JSON.stringify(event));
  const bytes = json.reduce((sum, event) => sum + Buffer.byteLength(event), 0);
  if (bytes > maxBytes) throw new TooLarge(bytes, maxBytes);
  const { expect, messageId = `${first.source}/${first.id}` } = options;
  return { stream: streamOf(subject), subject, events: json, expect, messageId };
}
