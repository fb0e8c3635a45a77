import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ClientsOrder, Delivered } from './clients.ts';
import type { ServerKind, ServerOrder, ServerUse } from './server.ts';

/** How fast messages went, and what they cost. */
export interface Pace {
  readonly cpuMicrosPerDelivery: number;
  /** While each group of messages waits for all clients to have the one before. */
  readonly deliveriesPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** What one kind of server needed for a number of connections. */
export interface Measured {
  /** Above the idle process, both after a collection of all garbage. */
  readonly rssPerConnection: number;
  readonly oneByOne: Pace;
  readonly tenAtOnce: Pace;
}

const firstConnections = 100;
const warmUps = 10;
const rounds = 30;
const text = 'x'.repeat(140);

/** Starts a server and its clients, measures, and ends them. */
export const measure = async (kind: ServerKind, connections: number): Promise<Measured> => {
  const server = fork(join(import.meta.dirname, 'server.ts'), [kind], { execArgv: ['--expose-gc'] });
  const told = async (order: ServerOrder): Promise<ServerUse> => {
    const answer = next<ServerUse>(server);
    server.send(order);
    return answer;
  };
  let clients: ChildProcess | undefined;
  try {
    const { url, cookie } = await next<{ url: string; cookie: string }>(server);
    // What starting, and doing something for the first time, leaves behind is not the connections'.
    const first = await connect(kind, url, cookie, firstConnections);
    await ended(first);
    const idle = await settledRss(told);
    clients = await connect(kind, url, cookie, connections);
    const connected = await settledRss(told);

    const broadcast = async (count: number) => {
      const all = clients as ChildProcess;
      all.send({ expect: count } satisfies ClientsOrder);
      const delivered = next<Delivered>(all);
      const sentAt = performance.timeOrigin + performance.now();
      await told({ broadcast: Array.from({ length: count }, () => `${text}@${sentAt}@`) });
      return (await delivered).delaysMs;
    };
    const pace = async (count: number): Promise<Pace> => {
      for (let n = 0; n < warmUps; n++) await broadcast(count);
      const before = await told({});
      const begun = performance.now();
      const delays: number[] = [];
      for (let n = 0; n < rounds; n++) for (const delay of await broadcast(count)) delays.push(delay);
      const tookMs = performance.now() - begun;
      const after = await told({});
      const sorted = delays.toSorted((a, b) => a - b);
      return {
        cpuMicrosPerDelivery: (after.cpuMicros - before.cpuMicros) / delays.length,
        deliveriesPerSecond: (delays.length / tookMs) * 1_000,
        p50Ms: sorted[Math.floor(sorted.length * 0.5)] ?? Infinity,
        p99Ms: sorted[Math.floor(sorted.length * 0.99)] ?? Infinity,
      };
    };
    return {
      rssPerConnection: (connected - idle) / connections,
      oneByOne: await pace(1),
      tenAtOnce: await pace(10),
    };
  } finally {
    for (const child of [clients, server]) await ended(child);
  }
};

const connect = async (kind: ServerKind, url: string, cookie: string, count: number): Promise<ChildProcess> => {
  const clients = fork(join(import.meta.dirname, 'clients.ts'), [kind, url, cookie, String(count)]);
  await next(clients);
  return clients;
};

/** Memory is given back in several goes: until it stays the same. */
const settledRss = async (told: (order: ServerOrder) => Promise<ServerUse>): Promise<number> => {
  let before = Infinity;
  for (let n = 0; n < 20; n++) {
    const { rssBytes } = await told({ collect: true });
    if (Math.abs(before - rssBytes) < rssBytes / 500) return rssBytes;
    before = rssBytes;
    await delay(500);
  }
  return before;
};

const next = async <Value>(child: ChildProcess): Promise<Value> => {
  const left = new AbortController();
  const failed = once(child, 'exit', left).then(([code]) => {
    throw new Error(`a process of the benchmark ended with code ${String(code)}`);
  });
  failed.catch(() => undefined);
  try {
    return ((await Promise.race([once(child, 'message', left), failed])) as [Value])[0];
  } finally {
    left.abort();
  }
};

const ended = async (child: ChildProcess | undefined): Promise<void> => {
  if (!child || child.exitCode !== null) return;
  const exit = once(child, 'exit');
  child.disconnect();
  await exit;
};
