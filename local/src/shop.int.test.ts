import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '@souk/service-kit';
import { natsForTests, startNats } from '../../scripts/nats.ts';
import type { Nats } from '../../scripts/nats.ts';
import type { BackendPlan } from './backends.ts';
import { startShop } from './shop.ts';
import type { Shop, ShopOptions } from './shop.ts';
import { tinyBackend, tinyParts } from './testing/tiny-parts.ts';

const shops: Shop[] = [];
const servers: Nats[] = [];
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close();
  for (const nats of servers.splice(0)) await nats.stop();
});

const start = async (backends: readonly BackendPlan[], options: Partial<ShopOptions> = {}) => {
  const logged: string[] = [];
  const { dir, pageDir, mfeDirs } = tinyParts();
  const log = createLogger({ name: 'test', destination: { write: (line) => void logged.push(line) } });
  const shop = await startShop({
    ...{ port: 0, host: '127.0.0.1', dataDir: dir, channel: 'sqlite', log, pageDir, mfeDirs, backends },
    ...options,
  });
  shops.push(shop);
  return { shop, logged, dir, get: (path: string) => fetch(shop.url + path, { redirect: 'manual' }) };
};

const startServer = async (): Promise<`nats://${string}`> => {
  const dir = mkdtempSync(join(tmpdir(), 'souk-nats-'));
  const nats = await startNats({ server: server!, dir });
  servers.push(nats);
  return nats.servers[0] as `nats://${string}`;
};

it('serves pages, files and APIs of all parts under one address', async () => {
  const { get } = await start([tinyBackend('tiny'), tinyBackend('other')]);
  expect(await (await get('/tiny')).text()).toContain('@souk/mfe-other/pages');
  expect((await get('/assets/other/1.0.0/pages-abc.js')).status).toBe(200);
  expect(await (await get('/api/other/x')).text()).toBe('other');
});

it.each([
  ['throws when it is made', { name: 'tiny', create: () => Promise.reject(new Error('broken')) }],
  ['fails before it is ready', tinyBackend('tiny', { ready: () => Promise.reject(new Error('broken')) })],
])('serves everything else when a backend %s', async (_how, broken) => {
  const { get, logged } = await start([broken, tinyBackend('other')]);
  expect((await get('/tiny')).status).toBe(200);
  expect((await get('/api/tiny/x')).status).toBe(503);
  expect(await (await get('/api/other/x')).text()).toBe('other');
  expect(logged.some((line) => line.includes('"backend":"tiny"') && line.includes('broken'))).toBe(true);
});

it('goes on without a micro frontend that cannot be published', async () => {
  const { pageDir, mfeDirs, dir } = tinyParts();
  const folders = [join(dir, 'not-built'), ...mfeDirs.slice(1)];
  const { get, logged } = await start([tinyBackend('other')], { pageDir, mfeDirs: folders });
  expect((await get('/other')).status).toBe(200);
  expect(logged.some((line) => line.includes('not-built'))).toBe(true);
});

it('says in one line that the data folder is in use', async () => {
  const { dir } = await start([]);
  await expect(start([], { dataDir: dir })).rejects.toThrow(
    /^DATA_DIR: ".*" is in use by another running shop; [^\n]*$/,
  );
});

it('says in one line that the port is taken, and lets go of everything', async () => {
  const { shop } = await start([]);
  const { dir } = tinyParts();
  const port = Number(new URL(shop.url).port);
  const refused = start([], { port, dataDir: dir });
  await expect(refused).rejects.toThrow(`PORT: ${port} is taken on 127.0.0.1; stop the program that listens there`);
  await start([], { dataDir: dir }); // the log is free again
});

it('says in one line that the page is not built', async () => {
  const { dir } = tinyParts();
  await expect(start([], { pageDir: join(dir, 'nowhere') })).rejects.toThrow(/build the page first[^\n]*$/);
});

const server = await natsForTests();

it.each(server ? (['sqlite', 'memory', 'nats'] as const) : (['sqlite', 'memory'] as const))(
  'keeps what the backends have written as long as it keeps the log: %s',
  async (adapter) => {
    const channel = adapter === 'nats' ? await startServer() : adapter;
    const found: boolean[] = [];
    const noting: BackendPlan = {
      name: 'tiny',
      create(options) {
        const file = join(options.dataDir, 'note');
        found.push(existsSync(file));
        writeFileSync(file, 'position 612');
        return tinyBackend('tiny').create(options);
      },
    };
    const { shop, dir } = await start([noting], { channel });
    await shop.close();
    await start([noting], { channel, dataDir: dir });
    expect(found).toEqual([false, channel !== 'memory']);
    expect(existsSync(join(dir, 'secrets.json'))).toBe(true);
  },
);
