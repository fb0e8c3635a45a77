import type { EventChannel, StreamName } from '@souk/event-channel';
import type { Logger } from '@souk/service-kit';

/** Tells that the log has grown. */
export interface LogGrowth {
  /** Calls `onGrowth` whenever there are new events, until `signal` aborts. */
  watch(onGrowth: () => void, signal: AbortSignal): void;
}

/** Follows the streams as long as anybody watches. */
export function logGrowth(channel: EventChannel, streams: readonly StreamName[], log: Logger): LogGrowth {
  const watchers = new Set<() => void>();
  let stop: AbortController | undefined;

  const follow = async (stream: StreamName, signal: AbortSignal) => {
    try {
      const from = (await channel.lastPosition(stream)) + 1;
      for await (const _ of channel.tail(`${stream}.>`, from, signal)) for (const tell of watchers) tell();
    } catch (err) {
      if (!signal.aborted) log.error({ err, stream }, 'following the log failed');
    }
  };
  return {
    watch(onGrowth, signal) {
      if (signal.aborted) return;
      watchers.add(onGrowth);
      signal.addEventListener('abort', () => {
        watchers.delete(onGrowth);
        if (watchers.size > 0) return;
        stop?.abort();
        stop = undefined;
      });
      if (stop) return;
      stop = new AbortController();
      for (const stream of streams) void follow(stream, stop.signal);
    },
  };
}
