import { setTimeout as delay } from 'node:timers/promises';
import type { EventChannel, Recorded, StreamName } from '@souk/event-channel';
import type { Logger } from '@souk/service-kit';
import type { LogGrowth } from '../http/log-growth.ts';
import { openCopyTable, type CopyTable } from './copy-table.ts';
import { mergeByTime } from './merge-by-time.ts';

/** A SQLite file that follows the streams of a channel which keeps none. */
export interface LogCopy extends LogGrowth {
  /** Resolves when everything is in it that was in the streams when it was opened. Never rejects. */
  readonly caughtUp: Promise<void>;
  close(): Promise<void>;
}

export interface LogCopyOptions {
  readonly channel: EventChannel;
  readonly file: string;
  readonly streams: readonly StreamName[];
  readonly log: Logger;
  /** More events are not kept; the oldest go first. @default 5_000_000 */
  readonly maxEvents?: number;
  /** Rest before the channel is asked again after a failure. @default 1_000 milliseconds */
  readonly retryMs?: number;
}

/** Events of one commit. */
const batchEvents = 500;

/**
 * Opens the copy, and keeps it up to date until it is closed: first what has come since, in the order of time over all
 * streams, then whatever comes. It goes on from its own checkpoints, which are committed with the events, so each event is
 * in it once. A stream that is not the one which was copied, since its log was made anew, is copied anew.
 */
export function openLogCopy(options: LogCopyOptions): LogCopy {
  const { channel, streams, log, retryMs = 1_000 } = options;
  const table = openCopyTable(options.file, options.maxEvents ?? 5_000_000);
  const watchers = new Set<() => void>();
  const closed = new AbortController();
  const caughtUp = Promise.withResolvers<void>();

  const add = (events: readonly Recorded[]) => {
    if (events.length === 0 || closed.signal.aborted) return;
    table.add(events);
    for (const tell of watchers) tell();
  };

  const run = async () => {
    while (!closed.signal.aborted) {
      try {
        for (const stream of streams) await dropIfOther(channel, table, stream);
        await catchUp(channel, table, streams, add);
        caughtUp.resolve();
        await follow(channel, table, streams, add, closed.signal);
      } catch (err) {
        if (closed.signal.aborted) return;
        log.warn({ err }, 'the copy of the log does not get on; it is tried again');
        await delay(retryMs, undefined, { signal: closed.signal }).catch(() => undefined);
      }
    }
  };
  const running = run();

  return {
    caughtUp: caughtUp.promise,
    watch(onGrowth, signal) {
      if (signal.aborted) return;
      watchers.add(onGrowth);
      signal.addEventListener('abort', () => watchers.delete(onGrowth));
    },
    async close() {
      closed.abort();
      await running;
      table.close();
    },
  };
}

/** Positions and ids of a log that was made anew are not those of the copy. */
async function dropIfOther(channel: EventChannel, table: CopyTable, stream: StreamName): Promise<void> {
  const last = table.copied().get(stream);
  if (!last) return;
  for await (const { position, event } of channel.read(`${stream}.>`, { from: last.position, to: last.position })) {
    if (position === last.position && event.id === last.id) return;
  }
  table.drop(stream);
}

async function catchUp(
  channel: EventChannel,
  table: CopyTable,
  streams: readonly StreamName[],
  add: (events: readonly Recorded[]) => void,
): Promise<void> {
  const copied = table.copied();
  const missing = await Promise.all(
    streams.map(async (stream) => {
      const from = (copied.get(stream)?.position ?? 0) + 1;
      return channel.read(`${stream}.>`, { from, to: await channel.lastPosition(stream) });
    }),
  );
  let batch: Recorded[] = [];
  for await (const recorded of mergeByTime(missing)) {
    if (batch.push(recorded) < batchEvents) continue;
    add(batch);
    batch = [];
  }
  add(batch);
}

/** Ends with the signal; throws when one of the streams cannot be followed any more. */
async function follow(
  channel: EventChannel,
  table: CopyTable,
  streams: readonly StreamName[],
  add: (events: readonly Recorded[]) => void,
  closed: AbortSignal,
): Promise<void> {
  const copied = table.copied();
  const broken = new AbortController();
  const signal = AbortSignal.any([closed, broken.signal]);
  let waiting: Recorded[] = [];
  let flushing: Promise<void> | undefined;

  // What comes in one turn of the event loop is one commit; whoever brought it waits, so little is held in memory.
  const flushed = () =>
    (flushing ??= new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        const batch = waiting;
        [waiting, flushing] = [[], undefined];
        try {
          add(batch);
          resolve();
        } catch (error) {
          reject(error as Error);
        }
      });
    }));
  const tails = streams.map(async (stream) => {
    try {
      const from = (copied.get(stream)?.position ?? 0) + 1;
      for await (const recorded of channel.tail(`${stream}.>`, from, signal)) {
        waiting.push(recorded);
        await flushed();
      }
      if (!signal.aborted) throw new Error(`the tail of ${stream} has ended`);
    } catch (error) {
      broken.abort();
      throw error;
    }
  });
  const results = await Promise.allSettled(tails);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed && !closed.aborted) throw failed.reason;
}
