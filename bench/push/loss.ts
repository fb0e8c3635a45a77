import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { io } from 'socket.io-client';
import { chance } from '../../e2e/prove/chance.ts';
import { openLinks } from '../../e2e/prove/cut-links.ts';
import { readStream } from '../../e2e/prove/stream-reader.ts';
import type { PublishOrder } from './loss-server.ts';

/** How much is done to the server. */
export interface Effort {
  readonly clients: number;
  readonly messages: number;
  readonly cuts: number;
  readonly kills: number;
  readonly seed: number;
}

/** What became of the messages. */
export interface Loss {
  readonly lost: number;
  readonly twice: number;
  readonly misplaced: number;
  readonly connections: number;
  /** Connections that the server called recovered. */
  readonly recovered: number;
}

interface Client {
  /** Whom messages for this client are addressed to. */
  readonly to: string;
  /** Numbers of the messages, in the order in which they came. */
  got(): readonly number[];
  readonly counts: { connections: number; recovered: number };
  close(): Promise<void> | void;
}

type Kind = 'souk' | 'socket.io';

/** Messages that are on their way to the server at one time, and the wait between such groups. */
const atOnce = 10;
const betweenMs = 10;

/**
 * Sends messages, each to one of the clients, over links that are cut at random, to a server that is killed and
 * started again. A message counts as sent when the server has accepted it; what it had not accepted when it was killed
 * is sent again.
 */
export const loseLinks = async (kind: Kind, effort: Effort): Promise<Loss> => {
  const folder = mkdtempSync(join(tmpdir(), 'souk-bench-'));
  const port = await freePort();
  const random = chance(effort.seed);
  let server = await startServer(kind, port, folder);
  const links = await openLinks(port);
  const url = `http://127.0.0.1:${links.port}`;
  const clients: Client[] = [];
  let [sent, cuts] = [0, 0];
  try {
    for (let n = 0; n < effort.clients; n++) clients.push(await connectors[kind](url, n, random));
    const cutting = cutLinks();
    for (let kills = 0; sent < effort.messages;) {
      if (sent >= (effort.messages * (kills + 1)) / (effort.kills + 1)) {
        await ended(server, 'SIGKILL');
        server = await startServer(kind, port, folder);
        kills++;
      }
      const numbers = Array.from({ length: Math.min(atOnce, effort.messages - sent) }, (_, n) => sent + n);
      await Promise.all(numbers.map((publish) => accepted(publish)));
      sent += numbers.length;
      await delay(betweenMs);
    }
    await cutting;
    const isWhole = () => clients.every((client, index) => client.got().length >= wanted(index).length);
    for (const late = Date.now() + 15_000; !isWhole() && Date.now() < late;) await delay(50);
    return judge();
  } finally {
    for (const client of clients) await client.close();
    await links.close();
    await ended(server, 'SIGTERM');
    rmSync(folder, { recursive: true, force: true });
  }

  async function accepted(publish: number): Promise<void> {
    const to = clients[publish % clients.length]?.to ?? '';
    const answer = new Promise<void>((resolve) => {
      const hear = (message: { accepted?: number }) => {
        if (message.accepted !== publish) return;
        server.off('message', hear);
        resolve();
      };
      server.on('message', hear);
    });
    server.send({ publish, to } satisfies PublishOrder);
    await answer;
  }
  async function cutLinks(): Promise<void> {
    while (cuts < effort.cuts) {
      await delay(random() * 10);
      const due = sent >= effort.messages ? effort.cuts : (effort.cuts * sent) / effort.messages;
      if (cuts >= due || links.open === 0) continue;
      links.cut(random());
      cuts++;
    }
  }
  function wanted(index: number): readonly number[] {
    return Array.from({ length: effort.messages }, (_, n) => n).filter((n) => n % clients.length === index);
  }
  function judge(): Loss {
    const sum = (of: (got: readonly number[], index: number) => number) =>
      clients.reduce((all, client, index) => all + of(client.got(), index), 0);
    return {
      lost: sum((got, index) => wanted(index).filter((n) => !got.includes(n)).length),
      twice: sum((got) => got.length - new Set(got).size),
      misplaced: sum((got) => got.filter((n, at) => at > 0 && n < (got[at - 1] ?? 0)).length),
      connections: clients.reduce((all, { counts }) => all + counts.connections, 0),
      recovered: clients.reduce((all, { counts }) => all + counts.recovered, 0),
    };
  }
};

const connectors: Readonly<Record<Kind, (url: string, n: number, random: () => number) => Promise<Client>>> = {
  async souk(url, _n, random) {
    const answer = await fetch(`${url}/api/who/x`);
    const to = await answer.text();
    const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const page = await (await fetch(`${url}/tiny`, { headers: { cookie, accept: 'text/html' } })).text();
    const data = /id="souk-page">(.*?)<\/script>/s.exec(page)?.[1] ?? '{}';
    const { push } = JSON.parse(data) as { push: Parameters<typeof readStream>[2] };
    const reader = readStream(url, cookie, push, () => random() * 100);
    const counts = {
      get connections() {
        return reader.connections;
      },
      recovered: 0,
    };
    const numberIn = (text: string) => (JSON.parse(text) as { detail: { n: number } }).detail.n;
    return { to, counts, got: () => reader.data.map(numberIn), close: () => reader.close() };
  },
  async 'socket.io'(url, n) {
    const to = `room-${n}`;
    const got: number[] = [];
    const counts = { connections: 0, recovered: 0 };
    const socket = io(url, {
      auth: { room: to },
      transports: ['websocket'],
      reconnectionDelay: 50,
      reconnectionDelayMax: 100,
    });
    socket.on('happened', ({ n: number }: { n: number }) => got.push(number));
    socket.on('connect', () => {
      counts.connections++;
      if (socket.recovered) counts.recovered++;
    });
    await new Promise<void>((resolve) => socket.once('connect', () => resolve()));
    return { to, counts, got: () => got, close: () => void socket.close() };
  },
};

const startServer = async (kind: Kind, port: number, folder: string): Promise<ChildProcess> => {
  // What it makes besides goes into the folder as well, and with it.
  const env = { ...process.env, TMPDIR: folder };
  const server = fork(join(import.meta.dirname, 'loss-server.ts'), [kind, String(port), folder], { env });
  await once(server, 'message');
  return server;
};

const ended = async (server: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  const exit = once(server, 'exit');
  server.kill(signal);
  await exit;
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
