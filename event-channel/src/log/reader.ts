import { ChannelClosed } from '../errors.ts';
import type { Position, Recorded, StreamName, SubjectFilter } from '../port.ts';
import { streamOf } from '../stream-of.ts';
import { rowsOf } from './rows-of.ts';
import type { Signal } from './signal.ts';
import type { Row, Store } from './store.ts';

/** Events looked at in one go; between two pages other work gets its turn. */
export const pageSize = 256;

/** Reads the log page by page, so that a slow reader costs no memory. */
export interface Reader {
  read(filter: SubjectFilter, from: Position, to: Position): AsyncIterable<Recorded>;
  tail(filter: SubjectFilter, from: Position, signal?: AbortSignal): AsyncIterable<Recorded>;
  /** Ends tails; reads that go on throw {@link ChannelClosed}. */
  close(): void;
}

export function createReader(store: Store, grown: Signal<StreamName>): Reader {
  const closed = new AbortController();

  return {
    read(filter, from, to) {
      const stream = streamOf(filter);
      return rowsOf(pages(stream, filter, from, to), (row) => toRecorded(stream, row));
    },
    async *tail(filter, from, signal) {
      const stream = streamOf(filter);
      const ended = () => closed.signal.aborted || signal?.aborted === true;
      let wake: () => void = () => undefined;
      // Listened to once for the whole tail: as often as the stream grows it would cost more than reading does.
      const changed = () => wake();
      const stopListening = grown.listen(stream, changed);
      closed.signal.addEventListener('abort', changed);
      signal?.addEventListener('abort', changed);
      try {
        for (let next = from; !ended();) {
          const to = store.lastPosition(stream);
          if (next > to) {
            await new Promise<void>((resolve) => (wake = resolve));
            continue;
          }
          const page = store.page({ stream, filter, from: next, to, limit: pageSize });
          for (const row of page.rows) {
            if (ended()) return;
            yield toRecorded(stream, row);
          }
          next = page.next;
          if (next <= to) await nextTurn();
        }
      } finally {
        stopListening();
        closed.signal.removeEventListener('abort', changed);
        signal?.removeEventListener('abort', changed);
      }
    },
    close: () => closed.abort(),
  };

  async function* pages(stream: StreamName, filter: SubjectFilter, from: Position, to: Position) {
    for (let next = from; next <= to;) {
      if (closed.signal.aborted) throw new ChannelClosed();
      const page = store.page({ stream, filter, from: next, to, limit: pageSize });
      yield page.rows;
      next = page.next;
      if (next <= to) await nextTurn();
    }
  }
}

/** A row as readers get it: a fresh copy of the event each time. */
export function toRecorded(stream: StreamName, { position, subject, event }: Row): Recorded {
  return { stream, subject, position, event: JSON.parse(event) };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
