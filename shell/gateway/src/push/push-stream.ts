import type { ServerResponse } from 'node:http';

/** Why a stream ended: `slow` = the reader did not keep up, `age` = time to connect anew, the rest says itself. */
export type EndReason = 'closed-by-browser' | 'slow' | 'age' | 'signed-out' | 'shutdown' | 'failed';

/** One event stream to one browser: writes frames in order, keeps it alive, and cuts a reader that is too slow. */
export interface PushStream {
  /** Position of the last frame that was written or queued. */
  readonly cursor: number;
  /** Hands over an event of the log. Positions at or before the cursor are dropped, so none comes twice. */
  send(position: number, data: string): void;
  /** Writes and waits until the reader has room again. Ends early when the stream ends. */
  replay(position: number, data: string): Promise<void>;
  /** Says that messages were lost, and goes on from `position`. */
  reset(position: number): void;
  /** From now on `send` writes at once; until then it queued. */
  goLive(): void;
  end(reason: EndReason): void;
}

export interface PushLimits {
  /** Bytes that wait for a reader before it is cut. @default 256 KiB */
  readonly maxBacklogBytes: number;
  /** @default 15_000 milliseconds */
  readonly heartbeatMs: number;
  /** After this long the browser connects anew, plus up to a tenth. @default 10 minutes */
  readonly maxAgeMs: number;
  /** Streams of one session at one time. @default 10 */
  readonly maxPerSession: number;
  /** The browser's wait before it connects again: between this and twice this. @default 1_000 milliseconds */
  readonly retryMs: number;
}

export const defaultPushLimits: PushLimits = {
  maxBacklogBytes: 256 * 1024,
  heartbeatMs: 15_000,
  maxAgeMs: 10 * 60_000,
  maxPerSession: 10,
  retryMs: 1_000,
};

/** Begins the answer. @param from the position after which the reader wants events */
export const openPushStream = (
  res: ServerResponse,
  from: number,
  limits: PushLimits,
  onEnd: (reason: EndReason) => void,
): PushStream => {
  let cursor = from;
  let queued: { readonly position: number; readonly data: string }[] | undefined = [];
  let queuedBytes = 0;
  let ended = false;

  const end = (reason: EndReason) => {
    if (ended) return;
    ended = true;
    queued = undefined;
    clearInterval(heartbeat);
    clearTimeout(age);
    // A slow reader would hold its backlog in memory until it has read it: cut it off instead.
    if (reason === 'slow' || reason === 'failed') res.destroy();
    else res.end();
    onEnd(reason);
  };
  const write = (text: string) => {
    if (ended) return true;
    const hasRoom = res.write(text);
    if (res.writableLength > limits.maxBacklogBytes) end('slow');
    return hasRoom;
  };
  const heartbeat = setInterval(() => write(':\n\n'), limits.heartbeatMs);
  const age = setTimeout(() => end('age'), limits.maxAgeMs * (1 + Math.random() / 10));
  heartbeat.unref();
  age.unref();

  res.on('close', () => end('closed-by-browser'));
  res.on('error', () => end('closed-by-browser'));
  res.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  write(`retry: ${Math.round(limits.retryMs * (1 + Math.random()))}\n\n`);

  return {
    get cursor() {
      return cursor;
    },
    send(position, data) {
      if (ended || position <= cursor) return;
      cursor = position;
      if (!queued) {
        write(frame(position, data));
        return;
      }
      queued.push({ position, data });
      queuedBytes += data.length;
      if (queuedBytes > limits.maxBacklogBytes) end('slow');
    },
    async replay(position, data) {
      if (ended || write(frame(position, data))) return;
      await new Promise<void>((resolve) => {
        const go = () => {
          res.off('drain', go);
          res.off('close', go);
          resolve();
        };
        res.on('drain', go);
        res.on('close', go);
      });
    },
    reset(position) {
      cursor = position;
      write(`id: ${position}\nevent: reset\ndata: {}\n\n`);
    },
    goLive() {
      const waiting = queued ?? [];
      queued = undefined;
      for (const { position, data } of waiting) write(frame(position, data));
    },
    end,
  };
};

const frame = (position: number, data: string): string => `id: ${position}\ndata: ${data}\n\n`;
