import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { askForPast } from '@souk/service-kit';
import { dumpOf, serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import type { TestServer, TestSession } from '@souk/service-kit/testing';
import { shopBackends, startBackends } from './backends.ts';
import type { RunningBackends } from './backends.ts';
import { readModelsIn } from './read-models.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'souk-rebuild-'));
const channel = sqliteChannel({ file: join(dataDir, 'events.db') });
const names = shopBackends.map(({ name }) => name);
let backends: RunningBackends;
let server: TestServer;
beforeAll(async () => {
  backends = startBackends(shopBackends, { channel, dataDir, log: testLog, sessionSecret: TEST_SECRET });
  await backends.settled;
  server = await serve({
    handler: (request, response) => backends.handlers[request.url?.split('/')[2] ?? '']?.(request, response),
  });
  await shopForAWhile();
}, 60_000);
afterAll(async () => {
  await server.close();
  await backends.close();
  await channel.close();
  rmSync(dataDir, { recursive: true });
}, 20_000);

const staff: TestSession = { shopperId: 's_staff', roles: ['staff'] };
interface Listed {
  readonly projections: readonly { name: string; streams: readonly { lag: number }[] }[];
}
const projectionsOf = async (name: string): Promise<Listed['projections']> => {
  const answer = await server.fetch(`/api/${name}/projections`, { as: staff });
  return ((await answer.json()) as Listed).projections;
};
const progressOf = async (name: string, projection: string): Promise<{ state: string; events: number }> => {
  const answer = await server.fetch(`/api/${name}/projections/${projection}/rebuild`, { method: 'POST', as: staff });
  expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
  return JSON.parse((await answer.text()).trim().split('\n').at(-1) ?? '') as { state: string; events: number };
};
const fileOf = (name: string) => join(dataDir, `${name}.db`);

it.each(names)('the read models of %s, rebuilt, are byte for byte what they were', async (name) => {
  await stillness();
  const before = dumpOf(fileOf(name));
  const projections = await projectionsOf(name);
  expect(projections.length).toBeGreaterThan(0);
  for (const projection of projections) {
    const last = await progressOf(name, projection.name);
    expect(last).toMatchObject({ state: 'rebuilt' });
    expect(last.events).toBeGreaterThan(10);
  }
  expect(dumpOf(fileOf(name))).toBe(before);
  expect(readdirSync(dataDir).filter((file) => file.includes('rebuild'))).toEqual([]);
});

it('the shop sells while all of them are rebuilt at one time', async () => {
  const rebuilds = names.flatMap(async (name) => {
    const projections = await projectionsOf(name);
    return Promise.all(projections.map((projection) => progressOf(name, projection.name)));
  });
  let running = true;
  const done = Promise.all(rebuilds).finally(() => (running = false));
  // One after the other of several goods, so that none is sold out while it takes long.
  const lucks = [0, 0.15, 0.3, 0.45, 1];
  for (let n = 0; running; n++) {
    expect((await server.fetch('/api/catalog/products')).status).toBe(200);
    // A shopper each: the next order of one has to wait while a slow machine still works on the last.
    const bought = await buy(`s_busy_${n}`, lucks[n % lucks.length] ?? 0);
    expect(bought.status, await bought.clone().text()).toBeLessThan(300);
  }
  for (const last of (await done).flat()) expect(last.state).toBe('rebuilt');
  await stillness();
  const dumps = names.map((name) => dumpOf(fileOf(name)));
  for (const name of names) for (const each of await projectionsOf(name)) await progressOf(name, each.name);
  expect(names.map((name) => dumpOf(fileOf(name)))).toEqual(dumps);
}, 60_000);

it('as of an earlier position they are byte for byte what they were there, whatever happened since', async () => {
  await stillness();
  const models = readModelsIn((backend) => join(dataDir, `${backend}.db`));
  const before = models.map(({ file, tables }) => dumpOf(file, tables));
  const positions: Record<string, number> = { shell: 0, account: 0 };
  for (const name of names) positions[name] = await channel.lastPosition(name);
  for (const shopperId of ['s_anna', 's_emil']) {
    await buy(shopperId, 0.3);
    await say(shopperId, 'And now for something else', 20_000);
  }
  await stillness();
  const then = await Promise.all(
    models.map(async ({ name, file, tables }) => {
      const past = await askForPast({ channel, backend: name, file, positions });
      expect(past.tables).toEqual(expect.arrayContaining([...tables]));
      expect(dumpOf(file, tables)).not.toBe(before[names.indexOf(name)]);
      return dumpOf(past.file, tables);
    }),
  );
  expect(then).toEqual(before);
});

it.each([
  ['catalog', '/api/catalog/products'],
  ['cart', '/api/cart'],
  ['cart', '/api/cart/orders'],
  ['chat', '/api/chat/conversation'],
])('a query of %s waits for the own write, or says that it is stale: %s', async (name, path) => {
  const ask = (position: number) =>
    server.fetch(path, { as: { shopperId: 's_anna' }, headers: { 'if-position-at-least': String(position) } });
  await say('s_anna', 'One more question', 10_000 + path.length);
  await addOne('s_anna', 1, 1);
  const last = await channel.lastPosition(name);
  expect((await ask(last)).status).toBe(200);
  const stale = await ask(last + 1_000_000);
  expect([stale.status, await stale.json()]).toMatchObject([409, { code: 'stale' }]);
});

/** Everybody does something, in an order that is the same in each run. */
async function shopForAWhile(): Promise<void> {
  const random = numbersFrom(34);
  const shoppers = ['s_anna', 's_bob', 's_carla', 's_dora'];
  for (let step = 0; step < 160; step++) {
    const shopperId = shoppers[Math.floor(random() * shoppers.length)] ?? '';
    const kind = random();
    if (kind < 0.45) await addOne(shopperId, Math.floor(random() * 40), 1 + Math.floor(random() * 3));
    else if (kind < 0.6) await buy(shopperId, random());
    else if (kind < 0.85) await say(shopperId, `How is number ${step}?`, step);
    else if (kind < 0.95) await answer(shopperId, `Number ${step} is fine.`, step);
    else await read(shopperId);
  }
}

async function addOne(shopperId: string, index: number, quantity: number): Promise<void> {
  const skus = await skusOf();
  await post(shopperId, '/api/cart/lines', { sku: skus[index % skus.length], quantity });
}

let skus: string[] | undefined;
async function skusOf(): Promise<string[]> {
  if (skus) return skus;
  const list = (await (await server.fetch('/api/catalog/products')).json()) as { products: { slug: string }[] };
  const products = await Promise.all(
    list.products.slice(0, 12).map(async ({ slug }) => {
      return (await (await server.fetch(`/api/catalog/products/${slug}`)).json()) as { variants: { sku: string }[] };
    }),
  );
  return (skus = products.flatMap(({ variants }) => variants.map(({ sku }) => sku)));
}

/** @param luck above a half pays with a card that is declined */
async function buy(shopperId: string, luck: number): Promise<Response> {
  await addOne(shopperId, Math.floor(luck * 7), 1);
  const card = { cardNumber: luck > 0.5 && luck < 1 ? '4000000000000002' : '4242424242424242' };
  const token = await post(shopperId, '/api/cart/payment-tokens', {
    ...card,
    ...{ expiryMonth: 12, expiryYear: 2090, cvc: '123' },
  });
  const { token: paymentToken } = (await token.json()) as { token: string };
  const cart = await server.fetch('/api/cart', { as: { shopperId } });
  const { totalCents: expectedTotalCents } = (await cart.json()) as { totalCents: number };
  const delivery = { name: 'Anna', email: 'anna@example.com', street: 'Kasbah 12', city: 'Leipzig' };
  return server.fetch('/api/cart/checkout', {
    ...{ method: 'POST', as: { shopperId }, headers: { 'idempotency-key': crypto.randomUUID() } },
    json: { delivery: { ...delivery, postcode: '04109', country: 'DE' }, paymentToken, expectedTotalCents },
  });
}

const say = (shopperId: string, text: string, step: number) =>
  post(shopperId, '/api/chat/messages', { text, clientMsgId: `m-${step}` });

async function answer(shopperId: string, text: string, step: number): Promise<void> {
  const conversationId = await conversationOf(shopperId);
  if (conversationId === undefined) return;
  const json = { conversationId, text, clientMsgId: `a-${step}` };
  await server.fetch('/api/chat/messages', { method: 'POST', as: staff, json });
}

async function read(shopperId: string): Promise<void> {
  const conversationId = await conversationOf(shopperId);
  if (conversationId === undefined) return;
  await post(shopperId, `/api/chat/conversations/${conversationId}/read`, { upTo: 1_000 });
}

async function conversationOf(shopperId: string): Promise<string | undefined> {
  const answered = await server.fetch('/api/chat/conversation', { as: { shopperId } });
  return ((await answered.json()) as { conversation: { conversationId: string } | null }).conversation?.conversationId;
}

const post = (shopperId: string, path: string, json: unknown) =>
  server.fetch(path, { method: 'POST', as: { shopperId }, json });

/** Resolves when nobody has anything left to react to: no position moves any more while all wait for each other. */
async function stillness(): Promise<void> {
  const ends = () => Promise.all(names.map((name) => channel.lastPosition(name)));
  for (let before = ''; ;) {
    for (const name of names) {
      for (;;) {
        const answered = await server.fetch(`/api/${name}/readyz`);
        const { followers } = (await answered.json()) as { followers: { streams: { lag: number }[] }[] };
        if (followers.every(({ streams }) => streams.every(({ lag }) => lag === 0))) break;
      }
    }
    const now = String(await ends());
    if (now === before) return;
    before = now;
  }
}

/** Mulberry32: the same numbers from the same seed. */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
