import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLogger } from '@souk/service-kit';
import { afterEach, expect, it } from 'vitest';
import { supervise } from './supervisor.ts';
import type { Supervisor } from './supervisor.ts';

let supervisor: Supervisor | undefined;
afterEach(() => supervisor?.close());

const log = createLogger({ name: 'test', destination: { write: () => undefined } });
const ends = "process.on('disconnect', () => process.exit()); process.on('SIGTERM', () => process.exit());";

/** A checkout whose processes say what they are told to, and do nothing else. */
const checkout = (gateway: string, backend: string): string => {
  const root = mkdtempSync(join(tmpdir(), 'souk-supervisor-'));
  mkdirSync(join(root, 'split/src'), { recursive: true });
  writeFileSync(join(root, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(root, 'split/src/gateway-process.ts'), `${ends}\n${gateway}`);
  writeFileSync(join(root, 'split/src/backend-process.ts'), `${ends}\n${backend}`);
  return root;
};
const ready = "process.send({ ready: 'http://127.0.0.1:1', version: '1' });";
const running = () => supervisor!.processes.map(({ spec }) => `${spec.name} ${spec.slot}`);

it('starts a backend that a gateway misses, also when the first try fails, and replaces it like any other', async () => {
  const missing = "process.send({ wanted: 'reviews' });";
  const failsOnce = `
    import { existsSync, writeFileSync } from 'node:fs';
    const [name] = process.argv.slice(2);
    const marker = new URL('tried-' + name, import.meta.url);
    if (name === 'reviews' && !existsSync(marker)) { writeFileSync(marker, ''); process.exit(1); }
    ${ready}`;
  const from = checkout(`${missing} ${missing} ${ready} ${missing}`, failsOnce);
  const { PATH } = process.env;
  supervisor = await supervise({ replicas: { cart: 1 }, replicasOfNew: 2, ports: [0, 0], from, env: { PATH }, log });
  await expect
    .poll(running, { timeout: 20_000 })
    .toEqual(['cart 1', 'reviews 1', 'reviews 2', 'gateway 1', 'gateway 2']);

  const before = supervisor.processes.filter(({ spec }) => spec.name === 'reviews').map(({ pid }) => pid);
  await supervisor.replace('reviews');
  const after = supervisor.processes.filter(({ spec }) => spec.name === 'reviews').map(({ pid }) => pid);
  expect(after).toHaveLength(2);
  expect(after.filter((pid) => before.includes(pid))).toEqual([]);
  await expect(supervisor.replace('till')).rejects.toMatchObject({ code: 'no-such-backend' });
}, 30_000);
