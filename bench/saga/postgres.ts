import { execFileSync, spawn } from 'node:child_process';
import type { SpawnOptions } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** A peer's server while the bench runs. */
export interface Server {
  readonly url: string;
  readonly version: string;
  close(): Promise<void>;
}

const debian = '/usr/lib/postgresql';

/**
 * A Postgres of its own in a folder, as `initdb` makes it: fsync, synchronous commit and full page writes are on.
 * @returns `undefined` when none is installed
 */
export async function startPostgres(dir: string): Promise<Server | undefined> {
  const bin = findBin();
  if (bin === undefined) return undefined;
  const data = join(dir, 'postgres');
  mkdirSync(data);
  const owner = postgresUser();
  if (owner.uid !== undefined && owner.gid !== undefined) chownSync(data, owner.uid, owner.gid);
  const options: SpawnOptions = { ...owner, cwd: data, stdio: 'ignore' };
  execFileSync(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '-E', 'UTF8'], options);
  const port = await freePort();
  const args = ['-D', data, '-p', String(port), '-h', '127.0.0.1', '-k', data];
  const server = spawn(join(bin, 'postgres'), args, options);
  const ended = once(server, 'exit');
  const isReady = () => {
    try {
      execFileSync(join(bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
      return true;
    } catch {
      return false;
    }
  };
  while (!isReady()) {
    if (server.exitCode !== null) throw new Error('Postgres ended before it was ready');
    await delay(50);
  }
  return {
    url: `postgresql://bench@127.0.0.1:${port}/trips`,
    version: execFileSync(join(bin, 'postgres'), ['--version'], { encoding: 'utf8' }).trim(),
    async close() {
      // Fast shutdown: ends connections and does not wait for them.
      server.kill('SIGINT');
      await ended;
    },
  };
}

function findBin(): string | undefined {
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [...versions.map((version) => join(debian, version, 'bin')), ...(process.env.PATH ?? '').split(':')];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_isready')));
}

/** Postgres refuses to run as root. */
function postgresUser(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const idOf = (flag: string) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
