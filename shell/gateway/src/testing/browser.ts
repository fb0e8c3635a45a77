import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';

/** The session cookie in an answer, as the next request would send it. */
export const cookieOf = (response: Response): string => {
  const [cookie = ''] = response.headers.getSetCookie();
  return cookie.split(';')[0] ?? '';
};

/** One message of an event stream. */
export interface StreamMessage {
  readonly id: number;
  readonly event: string;
  readonly data: unknown;
}

/** A reader of an event stream that can wait for messages, stop reading, and break off. */
export interface StreamReader {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  /** The next message; rejects when the stream ends before one comes. Beats are not messages. */
  next(): Promise<StreamMessage>;
  /** Beats so far, with the id that the server says it wrote before. */
  readonly beats: readonly StreamMessage[];
  /** What the stream said the browser should wait before it connects again, in milliseconds; the last one counts. */
  readonly retryMs: number;
  /** Resolves when the server, or `close`, has ended the stream. */
  readonly ended: Promise<void>;
  pause(): void;
  close(): void;
}

/** Opens an event stream as EventSource would. */
export const readStream = (url: string, headers: Record<string, string>): Promise<StreamReader> =>
  new Promise((resolve, reject) => {
    const req = request(url, { headers: { accept: 'text/event-stream', ...headers } }, (res) => {
      const messages: StreamMessage[] = [];
      const beats: StreamMessage[] = [];
      let retryMs = 0;
      const waiting: PromiseWithResolvers<StreamMessage>[] = [];
      const ended = Promise.withResolvers<void>();
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (chunk: string) => {
        text += chunk;
        const blocks = text.split('\n\n');
        text = blocks.pop() ?? '';
        for (const block of blocks) retryMs = Number(/^retry: (\d+)$/m.exec(block)?.[1] ?? retryMs);
        for (const message of blocks.flatMap(parse)) {
          if (message.event === 'beat') {
            beats.push(message);
            continue;
          }
          const waiter = waiting.shift();
          if (waiter) waiter.resolve(message);
          else messages.push(message);
        }
      });
      const end = () => {
        for (const waiter of waiting.splice(0)) waiter.reject(new Error('the stream ended'));
        ended.resolve();
      };
      res.on('close', end);
      res.on('error', end);
      resolve({
        status: res.statusCode ?? 0,
        headers: res.headers,
        next() {
          const message = messages.shift();
          if (message) return Promise.resolve(message);
          const waiter = Promise.withResolvers<StreamMessage>();
          waiting.push(waiter);
          return waiter.promise;
        },
        ended: ended.promise,
        beats,
        get retryMs() {
          return retryMs;
        },
        pause: () => res.pause(),
        close: () => req.destroy(),
      });
    });
    req.on('error', reject);
    req.end();
  });

const parse = (block: string): readonly StreamMessage[] => {
  const fields = Object.fromEntries(
    block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trimStart()]),
  );
  if (fields['data'] === undefined) return [];
  return [
    { id: Number(fields['id']), event: fields['event'] ?? 'message', data: JSON.parse(fields['data']) as unknown },
  ];
};
