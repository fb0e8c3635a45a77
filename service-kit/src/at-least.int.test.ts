import { memoryChannel } from '@souk/event-channel/memory';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createApp } from './app.ts';
import type { SoukApp } from './app.ts';
import { atLeast } from './at-least.ts';
import { projection } from './projection.ts';
import { openDatabase } from './sqlite.ts';
import { TEST_SECRET, given, sessionHeader, testLog } from './testing/index.ts';

const channel = memoryChannel();
let app: SoukApp;
let seen: number;
let close: () => Promise<void>;
beforeEach(() => {
  seen = 0;
  const db = openDatabase({ file: ':memory:', migrations: [] });
  const view = projection({
    name: 'seen',
    channel,
    db,
    stream: 'demo',
    apply: ({ position }) => void (seen = position),
  });
  app = createApp({ name: 'demo', version: '1', log: testLog, sessionSecret: TEST_SECRET });
  app.get('/api/demo/seen', { preHandler: atLeast(view, { timeoutMs: 50 }) }, async () => ({ seen }));
  close = async () => {
    await app.close();
    await view.close();
    db.close();
  };
});
afterEach(() => close());

const get = (position?: string) => {
  const asked = position === undefined ? {} : { 'if-position-at-least': position };
  return app.inject({ url: '/api/demo/seen', headers: { ...sessionHeader(), ...asked } });
};

test('a query waits until its read model holds what it is asked for', async () => {
  const { position } = await given(channel, 'demo.a', [{ type: 'demo.counted.v1', data: {} }]);
  expect((await get(String(position))).json()).toEqual({ seen: position });
});

test('a query for what does not come in time is stale', async () => {
  const response = await get('999');
  expect([response.statusCode, response.json().code, response.headers['retry-after']]).toEqual([409, 'stale', '1']);
});

test.each(['-1', 'x', '1.5', '', '1'.repeat(16)])('%j is no position', async (header) => {
  const response = await get(header);
  expect([response.statusCode, response.json().code]).toEqual([400, 'invalid-position']);
});

test('a query without the header does not wait', async () => {
  expect((await get()).statusCode).toBe(200);
});

test('every query of a backend waits for the read models of its own stream, and its document says so', async () => {
  const db = openDatabase({ file: ':memory:', migrations: [] });
  const slow = Promise.withResolvers<void>();
  let shown = 0;
  const follow = { ...channel, capabilities: channel.capabilities } satisfies typeof channel;
  follow.tail = async function* (filter, from, signal) {
    await slow.promise;
    yield* channel.tail(filter, from, signal);
  };
  const view = projection({
    ...{ name: 'shown', channel: follow, db, stream: 'demo' },
    apply: ({ position }) => void (shown = position),
  });
  const backend = createApp({
    ...{ name: 'demo', version: '1', log: testLog, sessionSecret: TEST_SECRET, followers: [view] },
  });
  backend.get('/api/demo/shown', { schema: { summary: 'What is shown' } }, async () => ({ shown }));
  const ask = (position: number, url = '/api/demo/shown') =>
    backend.inject({ url, headers: { ...sessionHeader(), 'if-position-at-least': String(position) } });

  const { position } = await given(channel, 'demo.a', [{ type: 'demo.counted.v1', data: {} }]);
  const waiting = ask(position);
  const stale = await ask(position + 1);
  expect([stale.statusCode, stale.json().code]).toEqual([409, 'stale']);
  const again = ask(position);
  slow.resolve();
  expect((await again).json()).toEqual({ shown: position });
  // It gave up together with the other one, or was answered with what it asked for.
  expect([200, 409]).toContain((await waiting).statusCode);
  expect((await ask(999, '/api/demo/readyz')).statusCode).not.toBe(409);

  const { paths } = (await backend.inject({ url: '/api/demo/openapi.json' })).json();
  const [header] = paths['/api/demo/shown'].get.parameters;
  expect(header).toMatchObject({ in: 'header', name: 'if-position-at-least', schema: { type: 'integer' } });
  await backend.close();
  await view.close();
  db.close();
});
