import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it } from 'vitest';

const script = fileURLToPath(new URL('testing/run-tiny-shop.ts', import.meta.url));
const children: ChildProcess[] = [];
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});

/** Starts the shop as a process; `line` waits for a line of its output, `exit` for its end. */
const run = (env: Record<string, string>) => {
  const child = spawn(process.execPath, [script], {
    env: { PATH: process.env['PATH'], HOST: '127.0.0.1', DATA_DIR: newDir(), ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  let output = '';
  const changed = new EventTarget();
  const take = (chunk: Buffer) => {
    output += chunk.toString();
    changed.dispatchEvent(new Event('output'));
  };
  child.stdout?.on('data', take);
  child.stderr?.on('data', take);
  const exit = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.on('close', (code) => resolve({ code, output })),
  );
  const line = (pattern: RegExp) =>
    new Promise<RegExpExecArray>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(output);
        if (match) resolve(match);
      };
      changed.addEventListener('output', look);
      void exit.then(() => reject(new Error(`ended before ${pattern}: ${output}`)));
      look();
    });
  return { child, exit, line };
};

const newDir = () => mkdtempSync(join(tmpdir(), 'souk-main-'));
const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

it('says ready as soon as it answers, tells the made-up password once, and ends cleanly at Ctrl-C', async () => {
  const port = await freePort();
  const env = { PORT: String(port), DATA_DIR: newDir() };
  const first = run(env);
  const [, url] = await first.line(/^ready (.*)$/m);
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(`${url}/tiny`)).status).toBe(200);
  first.child.kill('SIGINT');
  const { code, output } = await first.exit;
  expect(code).toBe(0);
  expect(output).toMatch(/staff password .* [0-9a-f-]{23}\n/);

  const second = run(env);
  await second.line(/^ready/m);
  second.child.kill('SIGTERM');
  expect(await second.exit).toMatchObject({ code: 0, output: expect.not.stringContaining('staff password') as string });
});

it('ends when its parent is gone', async () => {
  const shop = run({ PORT: String(await freePort()) });
  await shop.line(/^ready/m);
  // Node tells no `close` of a child that it has disconnected from, so this waits for `exit`.
  const exit = once(shop.child, 'exit');
  shop.child.disconnect();
  expect(await exit).toEqual([0, null]);
});

it('ends with streams open', async () => {
  const shop = run({ PORT: String(await freePort()) });
  const [, url] = await shop.line(/^ready (.*)$/m);
  const stream = await fetch(`${url}/push`);
  shop.child.kill('SIGTERM');
  expect((await shop.exit).code).toBe(0);
  await stream.text();
});

it('has one line for each wrong setting', async () => {
  const { code, output } = await run({ PORT: 'abc', CHANNEL: 'kafka://broker', STAFF_PASSWORD: 'short' }).exit;
  expect(code).toBe(1);
  expect(output.trim().split('\n')).toEqual([
    'PORT: "abc" is not a port; use a number from 1 to 65535',
    'CHANNEL: "kafka://broker" is not a channel; use "sqlite", "memory" or nats://host:port',
    'STAFF_PASSWORD: is too short; use 8 characters or more',
  ]);
});

it('has one line for a nats-server that does not answer', async () => {
  const { code, output } = await run({ CHANNEL: `nats://127.0.0.1:${await freePort()}` }).exit;
  expect(code).toBe(1);
  expect(output.trim()).toMatch(
    /^CHANNEL: [^\n]*no nats-server answers at nats:[^\n]*; start or change that server[^\n]*$/,
  );
});

it('has one line for a port that is taken', async () => {
  const port = String(await freePort());
  const first = run({ PORT: port });
  await first.line(/^ready/m);
  const { code, output } = await run({ PORT: port, STAFF_PASSWORD: 'long enough' }).exit;
  expect(code).toBe(1);
  expect(output.trim()).toMatch(/^PORT: \d+ is taken on 127\.0\.0\.1; [^\n]*$/);
});
