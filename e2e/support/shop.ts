import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const main = join(import.meta.dirname, '../../local/src/main.ts');
const startMs = 60_000;
const stopMs = 12_000;

/** A built shop that runs as a process of its own, with goods and without history. */
export interface Shop {
  /** `http://localhost:<port>`; stays the same over restarts. */
  readonly url: string;
  readonly staffPassword: string;
  /** Ends the process in order; what the shop keeps stays. @throws Error with the output when it does not end well */
  stop(): Promise<void>;
  /** Ends the process in the middle of whatever it does, as a crash would; what the shop keeps stays. */
  kill(): Promise<void>;
  /** Starts it again on the same port and data. @throws Error with the output when it does not get ready */
  start(): Promise<void>;
  /** Ends the process and removes everything it kept. */
  close(): Promise<void>;
  /** Sends the process a message and waits for its answer. */
  ask(message: object): Promise<void>;
}

/**
 * Starts a shop on a free port and an empty folder; resolves when it answers.
 * @param settings environment variables of the shop, on top of what a test needs anyway
 * @param script starts it. @default as `npm start` does
 */
export async function startShop(settings: Readonly<Record<string, string>> = {}, script: string = main): Promise<Shop> {
  const port = await freePort();
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-e2e-'));
  const staffPassword = 'open-sesame';
  // Long enough for a provider that is late, short enough for a test.
  const PAYMENT_TIMEOUT = '12';
  const env = {
    ...{ PATH: process.env.PATH, PORT: String(port), DATA_DIR: dataDir },
    ...{ STAFF_PASSWORD: staffPassword, PAYMENT_TIMEOUT },
    ...settings,
  };
  let running: RunningProcess | undefined;

  const shop: Shop = {
    url: `http://localhost:${port}`,
    staffPassword,
    async start() {
      running = run(script, env);
      await running.ready;
    },
    async stop() {
      await running?.stop();
      running = undefined;
    },
    async kill() {
      await running?.kill();
      running = undefined;
    },
    ask: (message) => running?.ask(message) ?? Promise.reject(new Error('the shop does not run')),
    async close() {
      await shop.stop().finally(() => rm(dataDir, { recursive: true, force: true }));
    },
  };
  await shop.start();
  return shop;
}

/** A shop that somebody else has started, and will stop: `SHOP_URL` names it. */
export function runningShop(url: string): Shop {
  const notOurs = async () => {
    throw new Error(`the shop at ${url} is somebody else's`);
  };
  const staffPassword = process.env.STAFF_PASSWORD ?? 'open-sesame';
  return {
    ...{ url, staffPassword, start: notOurs, stop: notOurs, kill: notOurs, ask: notOurs },
    close: async () => {},
  };
}

interface RunningProcess {
  readonly ready: Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
  ask(message: object): Promise<void>;
}

/** The IPC channel makes the shop end when this process is gone, however that happens. */
function run(script: string, env: NodeJS.ProcessEnv): RunningProcess {
  const child = spawn(process.execPath, [script], { env, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  let output = '';
  const failure = (what: string) => new Error(`the shop ${what}; it said:\n${output}`);
  const ended = new Promise<number | null>((resolve) => {
    child.on('error', (error) => {
      output += error.message;
      resolve(1);
    });
    child.on('exit', resolve);
  });
  const ready = new Promise<void>((resolve, reject) => {
    const late = setTimeout(() => reject(failure(`was not ready in ${startMs} ms`)), startMs);
    const take = (chunk: Buffer) => {
      output += chunk.toString();
      if (!/^ready /m.test(output)) return;
      clearTimeout(late);
      resolve();
    };
    child.stdout?.on('data', take);
    child.stderr?.on('data', take);
    void ended.then((code) => {
      clearTimeout(late);
      reject(failure(`ended with code ${code} before it was ready`));
    });
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await ended;
  };
  const ask = async (message: object) => {
    const answered = once(child, 'message');
    child.send(message);
    await answered;
  };
  return { ready, stop: () => stop(child, ended, failure), kill, ask };
}

async function stop(child: ChildProcess, ended: Promise<number | null>, failure: (what: string) => Error) {
  child.kill('SIGTERM');
  const late = setTimeout(() => child.kill('SIGKILL'), stopMs);
  const code = await ended;
  clearTimeout(late);
  if (code !== 0) throw failure(`did not end in order (code ${code})`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, 'localhost', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
