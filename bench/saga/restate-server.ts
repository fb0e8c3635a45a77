import { execFileSync, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from './postgres.ts';
import type { Server } from './postgres.ts';

const version = '1.7.12';
/** What npm says of the package of each platform, so that what is run is what was looked at. */
const integrities: Readonly<Record<string, string>> = {
  'linux-x64': 'sha512-URotJ1AIqaSCDkRMl4OrQfTLH+NYuOZb3ZsP7wxxiuAB6pncgPhTUYSvegTF5PTrAShnNyHNpju9kjf2O3QxoA==',
};
const cache = join(import.meta.dirname, '../../.cache/restate', version);

/** Where Restate is asked, and where it is managed. */
export interface RestateServer extends Server {
  readonly admin: string;
}

/**
 * A Restate server of its own in a folder, with its defaults: its log is synced before an answer. Its licence (BSL 1.1) is
 * none that the lockfile allows, so it is fetched when it is first needed, run, and never shipped.
 * @returns `undefined` when it cannot be fetched
 */
export async function startRestate(dir: string): Promise<RestateServer | undefined> {
  const binary = fetched();
  if (binary === undefined) return undefined;
  const [ingress, admin, node] = [await freePort(), await freePort(), await freePort()];
  const env = {
    ...process.env,
    RESTATE_BASE_DIR: join(dir, 'restate'),
    RESTATE_BIND_ADDRESS: `127.0.0.1:${node}`,
    RESTATE_INGRESS__BIND_ADDRESS: `127.0.0.1:${ingress}`,
    RESTATE_ADMIN__BIND_ADDRESS: `127.0.0.1:${admin}`,
    RESTATE_DISABLE_TELEMETRY: 'true',
    RESTATE_LOG_FILTER: 'error',
  };
  const server = spawn(binary, { env, stdio: 'ignore' });
  const ended = once(server, 'exit');
  for (const url of [`http://127.0.0.1:${admin}/health`, `http://127.0.0.1:${ingress}/restate/health`]) {
    while (!(await answers(url))) {
      if (server.exitCode !== null) throw new Error('Restate ended before it was ready');
      await delay(100);
    }
  }
  return {
    ...{ url: `http://127.0.0.1:${ingress}`, admin: `http://127.0.0.1:${admin}`, version: `restate-server ${version}` },
    async close() {
      // It holds nothing that is needed after the bench, and takes its time to leave.
      server.kill('SIGKILL');
      await ended;
    },
  };
}

function fetched(): string | undefined {
  const binary = join(cache, 'package/bin/restate-server');
  if (existsSync(binary)) return binary;
  const platform = `${process.platform}-${process.arch}`;
  const integrity = integrities[platform];
  if (integrity === undefined) return undefined;
  mkdirSync(join(cache, '..'), { recursive: true });
  const folder = mkdtempSync(`${cache}-`);
  try {
    const name = `@restatedev/restate-server-${platform}@${version}`;
    const packed = execFileSync('npm', ['pack', '--silent', name], {
      ...{ cwd: folder, encoding: 'utf8' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const file = join(folder, packed.trim());
    const found = `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
    if (found !== integrity) throw new Error(`${name} is not what it was: ${found}`);
    execFileSync('tar', ['xzf', file, '-C', folder]);
    rmSync(file);
    renameSync(folder, cache);
    return binary;
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );
}
