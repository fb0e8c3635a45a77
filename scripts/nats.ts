// Finds or builds a nats-server, and runs one or a cluster of three for tests.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import {
  accessSync,
  constants,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** The release that is built where there is none. */
export const natsVersion = '2.14.9';
/** The oldest one that is used when it is found: before it, clusters lose track of expected revisions. */
const oldest = '2.10.23';

const run = promisify(execFile);
const cache = fileURLToPath(new URL(`../.cache/nats/${natsVersion}`, import.meta.url));
const binary = process.platform === 'win32' ? 'nats-server.exe' : 'nats-server';

/**
 * Path of a nats-server: the one in `NATS_SERVER`, else one on the PATH that is new enough, else one that was built
 * before, else one built now with Go (about a minute, once).
 * @throws {Error} there is none and none can be built; the message says what to do
 */
export async function findNats(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  if (env.NATS_SERVER) return env.NATS_SERVER;
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, binary));
  for (const file of onPath) if (isExecutable(file) && (await isNewEnough(file))) return file;
  const built = join(cache, binary);
  if (!isExecutable(built)) await build(built);
  return built;
}

/**
 * {@link findNats} for test files: without a server they are skipped, loudly; in CI that is a failure.
 * @throws {Error} there is no server, and this is CI
 */
export async function natsForTests(): Promise<string | undefined> {
  try {
    return await findNats();
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    process.stderr.write(`\n${'!'.repeat(80)}\n${(error as Error).message}\n${'!'.repeat(80)}\n\n`);
    return undefined;
  }
}

async function build(file: string): Promise<void> {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'building-'));
  try {
    const module = `github.com/nats-io/nats-server/v2@v${natsVersion}`;
    await run('go', ['install', '-p=2', module], { cwd: folder, env: { ...process.env, GOBIN: folder } });
    // Two test files may build at one time: whoever is last replaces the same with the same.
    renameSync(join(folder, binary), file);
  } catch (cause) {
    throw new Error(
      `THE NATS TESTS DID NOT RUN: there is no nats-server ${oldest} or newer, and none could be built with Go.\n` +
        `Install one (https://docs.nats.io), or Go 1.25 or newer, or say where one is: NATS_SERVER=/path/to/nats-server`,
      { cause },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function isNewEnough(file: string): Promise<boolean> {
  const { stdout } = await run(file, ['--version']).catch(() => ({ stdout: '' }));
  const found = /v?(\d+)\.(\d+)\.(\d+)/.exec(stdout)?.slice(1).map(Number);
  const wanted = oldest.split('.').map(Number);
  if (!found) return false;
  const at = wanted.findIndex((number, index) => number !== found[index]);
  return at === -1 || (found[at] ?? 0) > (wanted[at] ?? 0);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export interface NatsOptions {
  /** From {@link findNats}. */
  readonly server: string;
  /** Folder for data, settings and logs; whoever gives it removes it. */
  readonly dir: string;
  /** One server, or a cluster of three. @default 1 */
  readonly size?: 1 | 3;
  /** `sync_interval: always`: an fsync before each answer. @default false */
  readonly syncAlways?: boolean;
  /** Who may come in. @default everybody */
  readonly auth?: { readonly user: string; readonly password: string };
}

/** One server of {@link Nats}. */
export interface NatsNode {
  readonly name: string;
  readonly url: string;
  readonly process: ChildProcess;
  /** Starts it again on its data, after it was killed. */
  restart(): Promise<void>;
}

/** Servers that run. */
export interface Nats {
  readonly servers: readonly string[];
  readonly nodes: readonly NatsNode[];
  /** Ends them; those that were stopped by a signal as well. Logs stay in `dir`. */
  stop(): Promise<void>;
}

/** Starts nats-server with JetStream on free ports and resolves when it takes requests. */
export async function startNats({ server, dir, size = 1, syncAlways = false, auth }: NatsOptions): Promise<Nats> {
  const ports = await freePorts(size * 2);
  const routes = ports.slice(size).map((port) => `nats://127.0.0.1:${port}`);
  const nodes = await Promise.all(
    ports.slice(0, size).map(async (port, index) => {
      const name = `n${index + 1}`;
      const file = join(dir, `${name}.conf`);
      const sync = syncAlways ? ', sync_interval: always' : '';
      const jetstream = `jetstream { store_dir: ${JSON.stringify(join(dir, name))}${sync} }`;
      const cluster = `cluster { name: souk, listen: "127.0.0.1:${ports[size + index]}", routes: ${JSON.stringify(routes)} }`;
      const who = auth ? `authorization ${JSON.stringify(auth)}` : '';
      const lines = [`server_name: ${name}`, `listen: "127.0.0.1:${port}"`, jetstream, size > 1 ? cluster : '', who];
      writeFileSync(file, lines.join('\n'));
      const start = () => startNode(server, file, join(dir, `${name}.log`), port);
      let child = await start();
      return {
        name,
        url: `nats://127.0.0.1:${port}`,
        get process() {
          return child;
        },
        async restart() {
          child = await start();
        },
      };
    }),
  );
  return {
    servers: nodes.map(({ url }) => url),
    nodes,
    async stop() {
      await Promise.all(
        nodes.map(async ({ process: child }) => {
          if (child.exitCode !== null || child.signalCode !== null) return;
          const exited = once(child, 'exit');
          child.kill('SIGCONT');
          child.kill('SIGKILL');
          await exited;
        }),
      );
    },
  };
}

async function startNode(server: string, file: string, log: string, port: number): Promise<ChildProcess> {
  // Not in the terminal's process group: Ctrl-C is for whoever uses it, and who needs it until the end ends it.
  const child = spawn(server, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  child.stderr.pipe(createWriteStream(log, { flags: 'a' }));
  endWithThisProcess(child);
  while (!(await isListening(port))) {
    if (child.exitCode !== null) throw new Error(`nats-server ended with ${child.exitCode}; see ${log}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return child;
}

/** A test run that is killed must not leave servers behind: a shell that waits for the end of its input sees to it. */
function endWithThisProcess(child: ChildProcess): void {
  if (process.platform === 'win32') return void process.once('exit', () => child.kill('SIGKILL'));
  const guard = spawn('sh', ['-c', `cat > /dev/null; kill -9 ${child.pid}`], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  guard.unref();
  child.once('exit', () => guard.kill('SIGKILL'));
}

function isListening(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(true)).on('error', () => resolve(false));
    socket.on('connect', () => socket.destroy());
  });
}

/** Ports nobody listens on; all are held until all are found, so that they differ. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}
