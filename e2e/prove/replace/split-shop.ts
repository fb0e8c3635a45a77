import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** A process of the shop, as it is listed. */
export interface ProcessRow {
  /** `cart 1` */
  readonly name: string;
  readonly version: string;
  readonly pid: number;
}

/** A shop that runs as several processes. */
export interface SplitShop {
  /** Of each gateway. */
  readonly urls: readonly string[];
  readonly staffPassword: string;
  list(): Promise<readonly ProcessRow[]>;
  /** Puts the code of another folder in the place of what runs. */
  replace(backend: string, from: string): Promise<void>;
  /** @throws Error when it does not end in order */
  close(): Promise<void>;
}

const root = join(import.meta.dirname, '../../..');
const script = join(root, 'scripts/start-split.ts');
const startMs = 120_000;
const run = promisify(execFile);

/** Names of the backends that are on disk, found as the shop finds them: `cart` for `mfe-cart/backend/`. */
export const findBackends = (): readonly string[] =>
  readdirSync(root)
    .flatMap((folder) => /^mfe-(.+)$/.exec(folder)?.[1] ?? [])
    .filter((name) => existsSync(join(root, `mfe-${name}/backend/package.json`)))
    .toSorted();

/** Starts it with two replicas of each backend, two gateways and a nats-server of its own. */
export const startSplitShop = async (): Promise<SplitShop> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-split-'));
  const staffPassword = 'open-sesame';
  const env = {
    ...process.env,
    ...{ PORT: String(await twoFreePorts()), DATA_DIR: dataDir, STAFF_PASSWORD: staffPassword, GATEWAYS: '2' },
    ...{ LOG_LEVEL: 'error' },
  };
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const [, said, complained] = child.stdio;
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let output = '';
  const ready = new Promise<readonly string[]>((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`not ready in ${startMs} ms; it said:\n${output}`)), startMs);
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      const line = /^ready (.*)$/m.exec(output)?.[1];
      if (line === undefined) return;
      clearTimeout(late);
      resolve(line.split(' '));
    };
    said?.on('data', take);
    complained?.on('data', take);
    void ended.then(([code]) => reject(new Error(`ended with ${code}; it said:\n${output}`)));
  });
  const close = async () => {
    child.kill('SIGTERM');
    const [code] = await ended;
    await rm(dataDir, { recursive: true, force: true });
    if (code !== 0) throw new Error(`did not end in order (${code}); it said:\n${output}`);
  };
  const order = async (...args: string[]) => (await run(process.execPath, [script, ...args], { env })).stdout;

  const urls = await ready.catch(async (error: unknown) => {
    await close().catch(() => undefined);
    throw error;
  });
  return {
    urls,
    staffPassword,
    async list() {
      const rows = (await order('list')).matchAll(/^([\w-]+ \d+) +(\S+) +\S+ +pid (\d+)$/gm);
      return [...rows].map(([, name = '', version = '', pid]) => ({ name, version, pid: Number(pid) }));
    },
    async replace(backend, from) {
      await order('replace', backend, '--from', from).catch((cause: unknown) => {
        throw new Error(`${backend} was not replaced; the shop said:\n${output}`, { cause });
      });
    },
    close,
  };
};

/** The first of two ports next to each other that nobody listens on. */
const twoFreePorts = async (): Promise<number> => {
  for (;;) {
    const first = await listenOn(0);
    const { port } = first.address() as AddressInfo;
    const second = await listenOn(port + 1).catch(() => undefined);
    first.close();
    second?.close();
    if (second !== undefined) return port;
  }
};

const listenOn = async (port: number) => {
  const server = createServer().listen(port, 'localhost');
  await once(server, 'listening');
  return server;
};
