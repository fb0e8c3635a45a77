import { checkExpectation, inTurn } from '../log/check-commit.ts';
import type { Commit, Page, PageQuery, ProgressChange, Row, SavedProgress, Store } from '../log/store.ts';
import { isExact, subjectMatcher } from '../matches-filter.ts';
import type { Appended, Position, StreamName, Subject } from '../port.ts';

interface Log {
  /** The event at position n is at index n - 1. */
  readonly rows: Row[];
  readonly bySubject: Map<Subject, Position[]>;
  /** In order of time, so that what is expired is at the front. */
  readonly messageIds: Map<string, { readonly position: Position; readonly expiresAt: number }>;
}

interface Durable extends SavedProgress {
  floor: Position;
  readonly lagging: Map<Subject, Position>;
  dead: SavedProgress['dead'];
}

/** The log in memory: for tests and for what need not outlive the process. */
export function memoryStore(now: () => number, duplicateWindowMs: number): Store {
  const logs = new Map<StreamName, Log>();
  const durables = new Map<string, Durable>();

  return {
    write({ commits, progress, taken }) {
      for (const change of progress) saveProgress(change);
      return inTurn(commits, commitOne, taken);
    },
    page,
    lastPosition: (stream) => logs.get(stream)?.rows.length ?? 0,
    progress: (stream, durable) => durables.get(`${stream}/${durable}`),
    close() {},
  };

  function commitOne(commit: Commit): Appended | Error {
    const log = logOf(commit.stream);
    const time = now();
    for (const [id, { expiresAt }] of log.messageIds) {
      if (expiresAt > time) break;
      log.messageIds.delete(id);
    }
    const earlier = log.messageIds.get(commit.messageId);
    if (earlier) return { position: earlier.position, revision: earlier.position, duplicate: true };

    const positions = log.bySubject.get(commit.subject) ?? [];
    const wrong = checkExpectation(
      commit,
      () => positions.at(-1) ?? 0,
      () => log.rows.length,
    );
    if (wrong) return wrong;

    for (const event of commit.events) {
      const position = log.rows.length + 1;
      log.rows.push({ position, subject: commit.subject, event });
      positions.push(position);
    }
    log.bySubject.set(commit.subject, positions);
    const position = log.rows.length;
    log.messageIds.set(commit.messageId, { position, expiresAt: time + duplicateWindowMs });
    return { position, revision: position, duplicate: false };
  }

  function page({ stream, filter, from, to, limit }: PageQuery): Page {
    const log = logs.get(stream);
    if (!log) return { rows: [], next: to + 1 };
    if (isExact(filter)) {
      const positions = log.bySubject.get(filter) ?? [];
      const start = firstAtLeast(positions, from);
      const rows = positions.slice(start, start + limit).flatMap((at) => (at <= to ? [log.rows[at - 1] as Row] : []));
      const last = rows.at(-1);
      return { rows, next: last && rows.length === limit ? last.position + 1 : to + 1 };
    }
    const end = Math.min(to, from + limit - 1);
    const matches = subjectMatcher(filter);
    const rows = log.rows.slice(Math.max(0, from - 1), end).filter((row) => matches(row.subject));
    return { rows, next: end >= Math.min(to, log.rows.length) ? to + 1 : end + 1 };
  }

  function saveProgress({ stream, durable, order, floor, lagging, dead }: ProgressChange): void {
    const key = `${stream}/${durable}`;
    const saved = durables.get(key) ?? { order, floor, lagging: new Map(), dead: [] };
    saved.floor = floor;
    for (const [subject, position] of lagging) {
      if (position === undefined) saved.lagging.delete(subject);
      else saved.lagging.set(subject, position);
    }
    const kept = saved.dead.filter((row) => !dead.has(row.position));
    saved.dead = [...kept, ...[...dead.values()].filter((row) => row !== undefined)];
    durables.set(key, saved);
  }

  function logOf(stream: StreamName): Log {
    let log = logs.get(stream);
    if (!log) logs.set(stream, (log = { rows: [], bySubject: new Map(), messageIds: new Map() }));
    return log;
  }
}

/** Index of the first position that is `from` or later, by halving. */
function firstAtLeast(positions: readonly Position[], from: Position): number {
  let low = 0;
  let high = positions.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((positions[middle] as Position) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}
