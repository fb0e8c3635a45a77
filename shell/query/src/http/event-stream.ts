import type { ServerResponse } from 'node:http';

/** An event stream to one reader. */
export interface EventStream {
  /** Aborts when the reader is gone, or the stream was ended. */
  readonly signal: AbortSignal;
  /** Writes one event; resolves when the reader has room for more. `id` is where it resumes. */
  send(event: string, data: unknown, id?: number): Promise<void>;
  end(): void;
}

const heartbeatMs = 15_000;

/** Then the reader comes back, resumes, and shows again that it may. */
const maxAgeMs = 10 * 60_000;

/** Begins the answer. */
export function openEventStream(res: ServerResponse): EventStream {
  const gone = new AbortController();
  const heartbeat = setInterval(() => res.write(':\n\n'), heartbeatMs);
  const age = setTimeout(() => res.end(), maxAgeMs);
  heartbeat.unref();
  age.unref();
  res.once('close', () => {
    clearInterval(heartbeat);
    clearTimeout(age);
    gone.abort();
  });
  res.on('error', () => gone.abort());
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  res.write('retry: 2000\n\n');
  return {
    signal: gone.signal,
    async send(event, data, id) {
      if (gone.signal.aborted) return;
      const position = id === undefined ? '' : `id: ${id}\n`;
      if (res.write(`${position}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) return;
      await new Promise<void>((resolve) => {
        const go = () => {
          res.off('drain', go);
          gone.signal.removeEventListener('abort', go);
          resolve();
        };
        res.once('drain', go);
        gone.signal.addEventListener('abort', go);
      });
    },
    end() {
      gone.abort();
      res.end();
    },
  };
}
