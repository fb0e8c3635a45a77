/**
 * One server of the benchmark in a process of its own: `server.ts souk|socket.io|ws`, run with `--expose-gc`. Tells its
 * address when it listens, then does as it is told over IPC; see {@link ServerOrder}.
 */
import { createServer } from 'node:http';
import { Server as SocketIo } from 'socket.io';
import { WebSocketServer } from 'ws';
import { cookieOf, gatewayFixture, testPassword } from '@souk/shell-gateway/testing';

/** The kinds of server that are measured. */
export type ServerKind = 'souk' | 'socket.io' | 'ws';

/** What a server is told; it answers each with {@link ServerUse}. */
export interface ServerOrder {
  /** Texts that go to all clients, at once. */
  readonly broadcast?: readonly string[];
  /** Gives back all memory that it can first. */
  readonly collect?: true;
}

/** What a server has used so far. */
export interface ServerUse {
  readonly rssBytes: number;
  readonly cpuMicros: number;
}

interface Running {
  readonly url: string;
  /** Cookie that a client sends. */
  readonly cookie: string;
  broadcast(texts: readonly string[]): Promise<unknown> | void;
}

const start: Readonly<Record<ServerKind, () => Promise<Running>>> = {
  async souk() {
    const shop = await gatewayFixture([{ name: 'tiny' }], { push: { maxPerSession: Infinity } });
    const body = new URLSearchParams({ name: 'Bench', password: testPassword });
    const cookie = cookieOf(await shop.fetch('/sign-in', { method: 'POST', body }));
    return {
      url: `${shop.url}/push`,
      cookie,
      broadcast: (texts) => Promise.all(texts.map((text) => shop.push('staff', { text }))),
    };
  },
  async 'socket.io'() {
    const http = createServer();
    const io = new SocketIo(http, { transports: ['websocket'], serveClient: false });
    return {
      url: `ws://127.0.0.1:${await listening(http)}/socket.io/?EIO=4&transport=websocket`,
      cookie: '',
      broadcast: (texts) => texts.forEach((text) => io.emit('happened', { text })),
    };
  },
  async ws() {
    const http = createServer();
    const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
    return {
      url: `ws://127.0.0.1:${await listening(http)}/`,
      cookie: '',
      broadcast(texts) {
        for (const text of texts) {
          const json = JSON.stringify({ type: 'happened', detail: { text } });
          for (const client of sockets.clients) client.send(json);
        }
      },
    };
  },
};

const listening = (http: ReturnType<typeof createServer>) =>
  new Promise<number>((resolve) => {
    http.listen({ port: 0, host: '127.0.0.1', backlog: 2_000 }, () => {
      const address = http.address();
      resolve(typeof address === 'object' && address ? address.port : 0);
    });
  });

const { url, cookie, broadcast } = await start[process.argv[2] as ServerKind]();
process.on('disconnect', () => process.exit(0));
process.on('message', async ({ broadcast: texts, collect }: ServerOrder) => {
  if (texts) await broadcast(texts);
  // Not an ordinary collection: it leaves the room that connecting took for a moment, and that would count.
  if (collect) await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
  const { user, system } = process.cpuUsage();
  process.send?.({ rssBytes: process.memoryUsage.rss(), cpuMicros: user + system } satisfies ServerUse);
});
process.send?.({ url, cookie });
