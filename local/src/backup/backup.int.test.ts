import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CloudEvent, EventChannel } from '@souk/event-channel';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { cloudEvent, createLogger, openDatabase, openKeyStore, projection } from '@souk/service-kit';
import { afterEach, expect, it } from 'vitest';
import type { BackendPlan } from '../backends.ts';
import { startShop, type Shop } from '../shop.ts';
import { tinyBackend, tinyParts } from '../testing/tiny-parts.ts';
import { makeBackup, restoreBackup, verifyBackup } from './index.ts';

const folders: string[] = [];
const shops: Shop[] = [];
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

it('a backup of a shop that runs and is written to has all that was acknowledged before, and a shop serves from it', async () => {
  const { dir, channel } = await start();
  const acked: string[] = [];
  const stop = new AbortController();
  const writing = write(channel, acked, stop.signal);
  while (acked.length < 200) await new Promise((resolve) => setImmediate(resolve));
  const before = acked.length;
  const backup = await makeBackup(dir, newFolder());
  const inTheMeantime = acked.length;
  while (acked.length < inTheMeantime + 50) await new Promise((resolve) => setImmediate(resolve));
  stop.abort();
  await writing;

  const restored = newFolder();
  const { log } = await restoreBackup(folders.at(-2)!, restored);
  expect(backup.manifest.log).toEqual(log);
  const again = await start(restored);
  const found: string[] = [];
  for await (const { event } of again.channel.read('cart.>')) found.push(event.id);
  expect(found.length).toBeGreaterThanOrEqual(before);
  expect(found).toEqual(acked.slice(0, found.length));
  expect((await fetch(`${again.shop.url}/tiny`)).status).toBe(200);
  expect((await fetch(`${again.shop.url}/assets/other/1.0.0/pages-abc.js`)).status).toBe(200);
});

it('holds the log and what cannot be built from it, keys apart, and says what it has left out', async () => {
  const dataDir = newFolder();
  await aLog(dataDir, 3);
  openKeyStore({ file: join(dataDir, 'keys-cart.db') }).close();
  for (const name of ['payments.db', 'cart.db']) openDatabase({ file: join(dataDir, name), migrations: [] }).close();
  writeFileSync(join(dataDir, 'secrets.json'), '{}');
  const folder = newFolder();
  const { manifest, leftOut } = await makeBackup(dataDir, folder);
  expect(manifest.files.map(({ kind, path }) => `${kind} ${path}`)).toEqual([
    'log events.db',
    'keys keys/keys-cart.db',
    'payments payments.db',
    'secrets secrets.json',
  ]);
  expect(leftOut).toEqual(['cart.db']);
  expect(readdirSync(folder).toSorted()).toEqual(['backup.json', 'events.db', 'keys', 'payments.db', 'secrets.json']);
  const restored = newFolder();
  await restoreBackup(folder, restored);
  expect(readdirSync(restored).toSorted()).toEqual(['events.db', 'keys-cart.db', 'payments.db', 'secrets.json']);
  expect(statSync(join(restored, 'secrets.json')).mode & 0o077).toBe(0);
});

it('names the log of pushed messages anew, so that browsers do not take positions for those they know', async () => {
  const dataDir = newFolder();
  await aLog(dataDir, 3);
  const folder = newFolder();
  await makeBackup(dataDir, folder);
  const names: string[] = [];
  for (let time = 0; time < 2; time++) {
    const restored = newFolder();
    await restoreBackup(folder, restored);
    const channel = sqliteChannel({ file: join(restored, 'events.db') });
    for await (const { event } of channel.read('push.epoch')) names.push(event.id);
    await channel.close();
  }
  expect(new Set(names).size).toBe(2);
});

it('whoever was erased after a backup stays erased when the newest keys are restored with it', async () => {
  const dataDir = newFolder();
  await aLog(dataDir, 3);
  const file = join(dataDir, 'keys-cart.db');
  const keys = openKeyStore({ file });
  const sealed = keys.seal('p_1', 'Jane, 1 Market Square');
  const folder = newFolder();
  await makeBackup(dataDir, folder);
  keys.shred('p_1', 77);
  keys.db.run(`INSERT INTO souk_checkpoint VALUES ('cart-erasures-keys', 'shell', 77)`);
  keys.close();

  const [withOld, withNew] = [newFolder(), newFolder()];
  await restoreBackup(folder, withOld);
  await restoreBackup(folder, withNew, { keys: dataDir });
  const [old, newest] = [withOld, withNew].map((dir) => openKeyStore({ file: join(dir, 'keys-cart.db') }));
  expect(old!.open(sealed)).toBe('Jane, 1 Market Square');
  expect(newest!.open(sealed)).toBeUndefined();
  // The log ends at 3: what follows it must begin there, and a new request counts.
  expect(newest!.db.all('SELECT * FROM souk_checkpoint')).toEqual([]);
  const again = newest!.seal('p_1', 'Jane is back');
  newest!.shred('p_1', 4);
  expect(newest!.open(again)).toBeUndefined();
  old!.close();
  newest!.close();
  await expect(restoreBackup(folder, newFolder(), { keys: newFolder() })).rejects.toMatchObject({
    code: 'backup-refused',
  });
});

it('a read model of a restored log begins anew, and none of before can be ahead of it', async () => {
  const dataDir = newFolder();
  await aLog(dataDir, 5);
  const folder = newFolder();
  await makeBackup(dataDir, folder);
  const restored = newFolder();
  await restoreBackup(folder, restored);
  const channel = sqliteChannel({ file: join(restored, 'events.db') });
  const db = openDatabase({ file: join(restored, 'cart.db'), migrations: ['CREATE TABLE seen (id TEXT)'] });
  const apply = ({ event }: { event: CloudEvent }) => void db.run('INSERT INTO seen VALUES (?)', event.id);
  const model = projection({ name: 'seen', channel, db, stream: 'cart', apply });
  await model.ready();
  expect(db.get('SELECT count(*) AS n FROM seen')).toEqual({ n: 5 });
  await model.close();
  db.close();
  await channel.close();
});

it.each([
  ['a byte changed', (file: string) => flip(file)],
  ['its end cut off', (file: string) => truncateSync(file, 8_192)],
  ['been lost', (file: string) => rmSync(file)],
])('a file of a backup that has %s is found, and nothing is restored from it', async (_what, damage) => {
  const dataDir = newFolder();
  await aLog(dataDir, 20);
  const folder = newFolder();
  await makeBackup(dataDir, folder);
  await verifyBackup(folder);
  damage(join(folder, 'events.db'));
  const refusal = expect.objectContaining({ code: 'backup-damaged' });
  await expect(verifyBackup(folder)).rejects.toEqual(refusal);
  const restored = newFolder();
  await expect(restoreBackup(folder, restored)).rejects.toEqual(refusal);
  expect(existsSync(restored)).toBe(false);
});

it('a log that is damaged is told with the position, and makes no backup', async () => {
  const dataDir = newFolder();
  await aLog(dataDir, 600);
  const file = join(dataDir, 'events.db');
  flip(file, readFileSync(file).lastIndexOf('"n":7}') + 4);
  const folder = newFolder();
  await expect(makeBackup(dataDir, folder)).rejects.toMatchObject({ code: 'log-damaged', position: 8 });
  expect(existsSync(folder)).toBe(false);
});

it('is made only into an empty folder, and restored only into one', async () => {
  const { dir } = await start();
  const folder = newFolder();
  await makeBackup(dir, folder);
  await expect(makeBackup(dir, folder)).rejects.toMatchObject({ code: 'backup-refused' });
  await expect(restoreBackup(folder, dir)).rejects.toMatchObject({ code: 'backup-refused' });
  await expect(makeBackup(newFolder(), newFolder())).rejects.toThrow('there is no log');
});

async function start(dataDir?: string) {
  let channel: EventChannel | undefined;
  const watched: BackendPlan = {
    name: 'tiny',
    create(options) {
      ({ channel } = options);
      return tinyBackend('tiny').create(options);
    },
  };
  const { dir, pageDir, mfeDirs } = tinyParts();
  const log = createLogger({ name: 'test', level: 'silent' });
  const shop = await startShop({
    ...{ port: 0, host: '127.0.0.1', dataDir: dataDir ?? dir, channel: 'sqlite', log, pageDir },
    // A restored shop has its micro frontends from the backup.
    ...{ mfeDirs: dataDir === undefined ? mfeDirs : [], backends: [watched, tinyBackend('other')] },
  });
  shops.push(shop);
  return { shop, dir: dataDir ?? dir, channel: channel! };
}

async function write(channel: EventChannel, acked: string[], signal: AbortSignal): Promise<void> {
  for (let n = 0; !signal.aborted; n++) {
    const event = cloudEvent({ source: '/test', type: 'cart.tested.v1', data: { n } });
    await channel.append(`cart.cart.c${n % 7}`, [event], { expect: 'any' });
    acked.push(event.id);
  }
}

async function aLog(dataDir: string, events: number): Promise<void> {
  const channel = sqliteChannel({ file: join(dataDir, 'events.db') });
  for (let n = 0; n < events; n++) {
    const event = cloudEvent({ source: '/test', type: 'cart.tested.v1', data: { n } });
    await channel.append('cart.cart.a', [event], { expect: 'any' });
  }
  await channel.close();
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'souk-backup-'));
  rmSync(folder, { recursive: true });
  folders.push(folder);
  return folder;
}

function flip(file: string, at = 20_000): void {
  const bytes = readFileSync(file);
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(file, bytes);
}
