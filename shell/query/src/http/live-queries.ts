import type { ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { RateLimited, toProblem } from '@souk/service-kit';
import { LogNotReadable } from '../errors.ts';
import type { Answer } from '../runner/answer.ts';
import type { QueryRunner } from '../runner/query-runner.ts';
import type { Query } from '../runner/query.ts';
import { openEventStream, type EventStream } from './event-stream.ts';
import type { LogGrowth } from './log-growth.ts';

/** Streams that keep something current. */
export interface LiveQueries {
  /**
   * Answers with a stream of `result` events, one whenever the result has changed, and `position` events when only the
   * log has; the id of each is its position. `after` is the last id that the reader has: nothing new, no result.
   * @throws what the first run of the query throws, {@link RateLimited}
   */
  connect(res: ServerResponse, query: Query, after: number | undefined): Promise<void>;
  /**
   * Repeats `step` whenever the log has grown, until the reader is gone.
   * @throws what the first step throws, {@link RateLimited}
   */
  follow(res: ServerResponse, step: Step): Promise<void>;
  close(): void;
}

/** Finds out what is new; what it returns is sent. */
export type Step = (signal: AbortSignal) => Promise<(stream: EventStream) => Promise<void>>;

/** Between two runs of a query at least this long, in milliseconds, and `restRatio` times as long as it took. */
const restMs = 250;
const restRatio = 4;
const maxStreams = 20;

/** @param runner shared with all other queries, so that live ones wait in the same line */
export function createLiveQueries(runner: Pick<QueryRunner, 'run'>, growth: LogGrowth): LiveQueries {
  const streams = new Set<EventStream>();
  let closed = false;

  const follow: LiveQueries['follow'] = async (res, step) => {
    if (closed) throw new LogNotReadable('this service is closing');
    if (streams.size >= maxStreams) {
      throw new RateLimited('too-many-streams', 'too many live queries are open', { retryAfterMs: 5_000 });
    }
    const gone = new AbortController();
    res.once('close', () => gone.abort());
    let grown = Promise.withResolvers<void>();
    // Before the first run, or what comes during it would be missed.
    growth.watch(() => grown.resolve(), gone.signal);
    const send = await step(gone.signal).catch((error: unknown) => {
      gone.abort();
      throw error;
    });
    const stream = openEventStream(res);
    if (closed) return stream.end();
    streams.add(stream);
    void repeat(stream, send).finally(() => streams.delete(stream));

    async function repeat(to: EventStream, first: (stream: EventStream) => Promise<void>) {
      try {
        await first(to);
        for (;;) {
          await aborted(grown.promise, to.signal);
          grown = Promise.withResolvers();
          const begun = performance.now();
          const next = await step(to.signal);
          await next(to);
          const tookMs = performance.now() - begun;
          await delay(Math.max(restMs, tookMs * restRatio), undefined, { signal: to.signal });
        }
      } catch (error) {
        if (!to.signal.aborted) await to.send('error', toProblem(error).problem);
        to.end();
        gone.abort();
      }
    }
  };

  return {
    follow,
    connect(res, query, after) {
      let sentPosition = after;
      let sentRows: string | undefined;
      return follow(res, async (signal) => {
        const answer = await runner.run(query, signal);
        const { columns, position, render } = answer;
        const rows = await rowsOf(answer);
        const { durationMs, truncated } = await answer.end;
        const isNews = sentRows === undefined ? sentPosition !== position : sentRows !== rows;
        return async (stream) => {
          const head = { columns, position, ...(render !== undefined && { render }), durationMs, truncated };
          if (isNews) await stream.send('result', { ...head, rows: JSON.parse(rows) as unknown }, position);
          else if (sentPosition !== position) await stream.send('position', { position }, position);
          sentRows = rows;
          sentPosition = position;
        };
      });
    },
    close() {
      closed = true;
      for (const stream of [...streams]) stream.end();
    },
  };
}

/** All rows as one JSON array. */
async function rowsOf({ text }: Answer): Promise<string> {
  let lines = '';
  for await (const chunk of text) lines += chunk;
  return `[${lines.trimEnd().replaceAll('\n', ',')}]`;
}

/** Waits for something, but no longer than until the signal aborts. @throws the signal's reason */
function aborted(something: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(signal.reason as Error);
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    void something.then(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    });
  });
}
