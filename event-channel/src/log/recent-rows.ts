import { isExact, subjectMatcher } from '../matches-filter.ts';
import type { Position, StreamName } from '../port.ts';
import type { Batch, Page, PageQuery, Row, Store } from './store.ts';

/** Rows kept of each stream; up to twice as many before the older half goes. */
const KEPT_ROWS = 512;
/** A longer event, in characters of JSON, is not kept: what is kept of a stream stays below 16 Mi characters. */
const KEPT_CHARS = 16 * 1024;

/** The end of a stream: every row from `since` on. */
interface Recent {
  last: Position;
  since: Position;
  readonly rows: Row[];
}

/**
 * Remembers the end of each stream, so that those who follow it need not ask the file for what has just been written:
 * most reads are of the last few events, and each follower asks for the same. Right only for a store that nobody else
 * writes to, and that numbers the events of one commit without gaps.
 */
export function withRecentRows(store: Store): Store {
  const streams = new Map<StreamName, Recent>();

  return {
    write(batch) {
      // A stream must be known before it grows: whoever comes late would take its new end for all of it.
      let known = 0;
      const know = () => {
        for (; known < batch.commits.length; known++) recentOf(batch.commits[known]!.stream);
      };
      know();
      const taken: Batch['taken'] = (commit, appended) => {
        batch.taken?.(commit, appended);
        know();
      };
      const outcomes = store.write({ ...batch, taken });
      keep(batch, outcomes);
      return outcomes;
    },
    page(query) {
      const recent = recentOf(query.stream);
      return query.from < recent.since ? store.page(query) : pageOf(recent.rows, query);
    },
    lastPosition: (stream) => recentOf(stream).last,
    progress: (stream, durable) => store.progress(stream, durable),
    close: () => store.close(),
  };

  function recentOf(stream: StreamName): Recent {
    let recent = streams.get(stream);
    if (recent === undefined) {
      const last = store.lastPosition(stream);
      recent = { last, since: last + 1, rows: [] };
      streams.set(stream, recent);
    }
    return recent;
  }

  function keep({ commits }: Batch, outcomes: ReturnType<Store['write']>): void {
    commits.forEach(({ stream, subject, events }, index) => {
      const outcome = outcomes[index]!;
      if (outcome instanceof Error || outcome.duplicate) return;
      const recent = recentOf(stream);
      events.forEach((event, place) => {
        const position = outcome.position - events.length + 1 + place;
        recent.rows.push({ position, subject, event });
        if (event.length > KEPT_CHARS) forget(recent, recent.rows.length);
      });
      recent.last = outcome.position;
      if (recent.rows.length > 2 * KEPT_ROWS) forget(recent, recent.rows.length - KEPT_ROWS);
    });
  }
}

/** Forgets the oldest rows. */
function forget(recent: Recent, count: number): void {
  const dropped = recent.rows.splice(0, count);
  recent.since = dropped.at(-1)!.position + 1;
}

function pageOf(rows: readonly Row[], { stream, filter, from, to, limit }: PageQuery): Page {
  const first = firstAt(rows, from);
  const looked: Row[] = [];
  for (let index = first; index < rows.length && looked.length < limit && rows[index]!.position <= to; index++) {
    looked.push(rows[index]!);
  }
  const next = looked.length === limit ? looked.at(-1)!.position + 1 : to + 1;
  if (filter === `${stream}.>`) return { rows: looked, next };
  const matches = isExact(filter) ? (subject: string) => subject === filter : subjectMatcher(filter);
  return { rows: looked.filter(({ subject }) => matches(subject)), next };
}

/** Index of the first row at or after a position. */
function firstAt(rows: readonly Row[], position: Position): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (rows[middle]!.position < position) low = middle + 1;
    else high = middle;
  }
  return low;
}
