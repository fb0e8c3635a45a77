import { connect } from 'node:net';
import type { Socket } from 'node:net';

/** What one round of requests took. */
export interface Round {
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/**
 * Sends one request over and over on `connections` kept-alive connections, on each the next when the last is answered.
 * Sockets by hand: a full HTTP client would be slower than the server and would be what is measured.
 * @throws {Error} an answer that is not 200
 */
export async function load(port: number, request: string, connections: number, durationMs: number): Promise<Round> {
  const times: number[] = [];
  const begun = performance.now();
  await Promise.all(Array.from({ length: connections }, () => sendUntil(begun + durationMs, port, request, times)));
  const seconds = (performance.now() - begun) / 1000;
  const sorted = Float64Array.from(times).toSorted();
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
  return { requests: times.length, perSecond: times.length / seconds, p50Ms: at(0.5), p99Ms: at(0.99) };
}

async function sendUntil(end: number, port: number, request: string, times: number[]): Promise<void> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  try {
    while (performance.now() < end) {
      const sent = performance.now();
      socket.write(request);
      await answered(socket);
      times.push(performance.now() - sent);
    }
  } finally {
    socket.destroy();
  }
}

/** Resolves with the end of one answer, whose length its head tells. */
function answered(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (error?: Error) => {
      socket.off('data', take).off('error', end).off('close', closed);
      if (error) reject(error);
      else resolve();
    };
    const closed = () => end(new Error('the connection was closed'));
    const take = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const head = text.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(text.slice(0, head))?.[1]);
      if (text.length < head + 4 + length) return;
      end(text.startsWith('HTTP/1.1 200') ? undefined : new Error(`answered ${text.slice(0, 300)}`));
    };
    socket.on('data', take).on('error', end).on('close', closed);
  });
}
