import { ChannelClosed } from '../errors.ts';
import type { Page } from '../log/store.ts';
import type { Position, Recorded, Subject, SubjectFilter } from '../port.ts';
import { streamOf } from '../stream-of.ts';
import { eventsOf, lastPositionIn, sequenceOf } from './commit-message.ts';
import { delay, type Connection } from './connection.ts';
import type { Names } from './names.ts';
import { startOrderedPull, type OrderedPull } from './ordered-pull.ts';
import type { Streams } from './streams.ts';

/** Reads events of the log in order. */
export interface Reader {
  read(filter: SubjectFilter, from: Position, to: Promise<Position>): AsyncIterable<Recorded>;
  tail(filter: SubjectFilter, from: Position, signal?: AbortSignal): AsyncIterable<Recorded>;
  /** Tries until the server answers; `limit` counts messages, and each is looked at as a whole. */
  page(subject: Subject, from: Position, to: Position, limit: number): Promise<Page>;
  /** A reader from a position on; whoever opens it closes it. */
  open(filter: SubjectFilter, from: Position): OrderedPull;
  /** Ends tails; reads that go on throw {@link ChannelClosed}. */
  close(): void;
}

export function createReader(connection: Connection, streams: Streams, names: Names): Reader {
  const closed = new AbortController();

  return {
    async *read(filter, from, to) {
      for await (const recorded of readUpTo(filter, from, await to)) {
        if (closed.signal.aborted) throw new ChannelClosed();
        yield recorded;
      }
      if (closed.signal.aborted) throw new ChannelClosed();
    },
    async *tail(filter, from, signal) {
      const stream = streamOf(filter);
      const ended = () => closed.signal.aborted || signal?.aborted === true;
      if (ended()) return;
      await streams.ready(stream);
      const pull = open(filter, from);
      const stop = () => pull.close();
      for (const one of [closed.signal, signal]) one?.addEventListener('abort', stop);
      try {
        while (!ended()) {
          for (const message of await pull.next()) {
            for (const recorded of eventsOf(stream, message)) {
              if (ended()) return;
              if (recorded.position >= from) yield recorded;
            }
          }
        }
      } finally {
        stop();
        for (const one of [closed.signal, signal]) one?.removeEventListener('abort', stop);
      }
    },
    async page(subject, from, to, limit) {
      for (;;) {
        try {
          return await pageOnce(subject, from, to, limit);
        } catch {
          if (closed.signal.aborted) return { rows: [], next: to + 1 };
          await delay(200);
        }
      }
    },
    open,
    close: () => closed.abort(),
  };

  function open(filter: SubjectFilter, from: Position): OrderedPull {
    return startOrderedPull(connection, {
      stream: names.stream(streamOf(filter)),
      filter: names.logged(filter),
      from: sequenceOf(from),
      toSubject: names.fromLogged,
    });
  }

  async function* readUpTo(filter: SubjectFilter, from: Position, to: Position): AsyncGenerator<Recorded> {
    const stream = streamOf(filter);
    let next = Math.max(1, from);
    if (next > to || !(await isThere(next))) return;
    const pull = open(filter, next);
    const stop = () => pull.close();
    closed.signal.addEventListener('abort', stop);
    try {
      while (!closed.signal.aborted) {
        for (const message of await pull.next()) {
          for (const recorded of eventsOf(stream, message)) {
            if (recorded.position > to) return;
            if (recorded.position >= next) yield recorded;
          }
          next = lastPositionIn(message.sequence) + 1;
        }
        if (next > to) return;
        // The consumer may be on a server that lags behind: only the leader knows that there is no more.
        if (pull.behind === 0 && !(await isThere(next))) return;
      }
    } finally {
      stop();
      closed.signal.removeEventListener('abort', stop);
    }

    async function isThere(position: Position): Promise<boolean> {
      const match = await streams.next(stream, filter, sequenceOf(position));
      return match !== null && match.seq <= sequenceOf(to);
    }
  }

  async function pageOnce(subject: Subject, from: Position, to: Position, limit: number): Promise<Page> {
    const rows = [];
    let messages = 0;
    for await (const { position, event } of readUpTo(subject, from, to)) {
      rows.push({ position, subject, event: JSON.stringify(event) });
      // Whole messages, so that the next page begins with a message.
      if (lastPositionIn(sequenceOf(position)) === position && ++messages === limit) {
        return { rows, next: position + 1 };
      }
    }
    return { rows, next: to + 1 };
  }
}
