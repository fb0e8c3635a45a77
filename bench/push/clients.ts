/**
 * Many clients in a process of their own: `clients.ts KIND URL COOKIE COUNT`. Tells `{ open }` when all are connected.
 * Told `{ expect }` it answers, once each client got so many messages, `{ delaysMs }`: how long after it was sent each
 * came. Messages end with the time they were sent at: `@<milliseconds>@`.
 */
import { connect } from 'node:net';
import { WebSocket } from 'ws';
import type { ServerKind } from './server.ts';

/** What the clients are told: how many messages each of them will get. */
export interface ClientsOrder {
  readonly expect: number;
}

/** Messages that every client got. */
export interface Delivered {
  readonly delaysMs: readonly number[];
}

const [kind, url = '', cookie = '', count = '0'] = process.argv.slice(2);
const total = Number(count);
/** Connections that are made at one time. */
const atOnce = 50;
let delaysMs: number[] = [];
let expected = 0;

const got = (text: string) => {
  const now = performance.timeOrigin + performance.now();
  for (const [, sentAt] of text.matchAll(/@([\d.]+)@/g)) delaysMs.push(now - Number(sentAt));
  if (expected === 0 || delaysMs.length < expected) return;
  process.send?.({ delaysMs } satisfies Delivered);
  delaysMs = [];
};

const open: Readonly<Record<ServerKind, () => Promise<void>>> = {
  souk: () =>
    new Promise((resolve, reject) => {
      const { hostname, port, host, pathname } = new URL(url);
      const socket = connect(Number(port), hostname, () =>
        socket.write(
          `GET ${pathname} HTTP/1.1\r\nhost: ${host}\r\ncookie: ${cookie}\r\naccept: text/event-stream\r\n\r\n`,
        ),
      );
      socket.setEncoding('latin1');
      socket.on('error', reject);
      socket.on('data', (text: string) => {
        if (text.includes('retry: ')) resolve();
        got(text);
      });
    }),
  ws: () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('error', reject).on('open', resolve);
      socket.on('message', (data: Buffer) => got(data.toString('latin1')));
    }),
  // As its own client does: open, connect to the namespace, answer pings.
  'socket.io': () =>
    new Promise((resolve, reject) => {
      const socket = new WebSocket(url, { perMessageDeflate: false });
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        const text = data.toString('latin1');
        if (text.startsWith('0')) socket.send('40');
        else if (text === '2') socket.send('3');
        else if (text.startsWith('40')) resolve();
        else got(text);
      });
    }),
};

process.on('disconnect', () => process.exit(0));
process.on('message', ({ expect }: ClientsOrder) => (expected = expect * total));
for (let n = 0; n < total; n += atOnce) {
  const group = Array.from({ length: Math.min(atOnce, total - n) }, () => open[kind as ServerKind]());
  await Promise.all(group);
}
process.send?.({ open: total });
