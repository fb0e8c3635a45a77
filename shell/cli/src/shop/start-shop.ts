import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CommandFailed } from '../errors.ts';

/** A shop that runs for the time of one command. */
export interface OwnShop {
  readonly url: string;
  /** The staff password, if the shop made one up just now: it is shown only this once. */
  readonly newStaffPassword: string | undefined;
  /** Resolves when the shop has ended in order. */
  close(): Promise<void>;
}

const script = join(import.meta.dirname, '../../../../scripts/start.ts');

/**
 * Starts the shop of this repository, built if need be, on a free port and the data folder of the environment.
 * Should this process die, the shop sees its channel closed and ends too.
 * @param onBuild told what takes its time: `building mfe-cart …`
 * @throws {CommandFailed} with what the shop says
 */
export async function startOwnShop(
  env: Readonly<Record<string, string | undefined>>,
  onBuild: (line: string) => void = () => {},
): Promise<OwnShop> {
  const child = spawn(process.execPath, [script], {
    env: { ...env, HOST: '127.0.0.1', PORT: String(await freePort()), ORIGIN: undefined },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const ended = once(child, 'exit');
  let said = '';
  const ready = Promise.withResolvers<string>();
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      for (const [line] of text.matchAll(/^building .*$/gm)) onBuild(line);
      const url = /^ready (\S+)$/m.exec(said)?.[1];
      if (url !== undefined) ready.resolve(url);
    });
  child.once('error', ready.reject);
  child.once('close', () => {
    const reason = said.trim().split('\n').at(-1) || 'it ended without a word';
    ready.reject(new CommandFailed(`no shop is running, and none can be started: ${reason}`));
  });

  const url = await ready.promise;
  return {
    url,
    newStaffPassword: /^staff password .*: (\S+)$/m.exec(said)?.[1],
    async close() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** The port may be taken by somebody else before the shop takes it; then the shop says so. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
