import { ChannelClosed } from '../errors.ts';
import type { Position, Recorded, StreamName, SubjectFilter } from '../port.ts';
import { streamOf } from '../stream-of.ts';
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
    async *read(filter, from, to) {
      const stream = streamOf(filter);
      for (let next = from; next <= to;) {
        if (closed.signal.aborted) throw new ChannelClosed();
        const page = store.page({ stream, filter, from: next, to, limit: pageSize });
        for (const row of page.rows) yield toRecorded(stream, row);
        next = page.next;
        if (next <= to) await nextTurn();
      }
    },
    async *tail(filter, from, signal) {
      const stream = streamOf(filter);
      const ended = () => closed.signal.aborted || signal?.aborted === true;
      for (let next = from; !ended();) {
        const to = store.lastPosition(stream);
        if (next > to) {
          await growth(stream, signal);
          continue;
        }
        const page = store.page({ stream, filter, from: next, to, limit: pageSize });
        for (const row of page.rows) {
          if (ended()) return;
          yield toRecorded(stream, row);
        }
        next = page.next;
        await nextTurn();
      }
    },
    close: () => closed.abort(),
  };

  /** Resolves when the stream has grown, or when there is nothing to wait for any more. */
  function growth(stream: StreamName, signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        stopListening();
        closed.signal.removeEventListener('abort', done);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const stopListening = grown.listen(stream, done);
      closed.signal.addEventListener('abort', done);
      signal?.addEventListener('abort', done);
    });
  }
}

/** A row as readers get it: a fresh copy of the event each time. */
export function toRecorded(stream: StreamName, { position, subject, event }: Row): Recorded {
  return { stream, subject, position, event: JSON.parse(event) };
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
