import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Conflict } from './api-error.ts';
import { createApp } from './app.ts';
import type { SoukApp } from './app.ts';
import { idempotency } from './idempotency.ts';
import { openDatabase } from './sqlite.ts';
import type { Database } from './sqlite.ts';
import { TEST_SECRET, sessionHeader, testLog } from './testing/index.ts';

let db: Database;
let app: SoukApp;
let now: Date;
let operations: string[];
let command: () => Promise<void>;

beforeEach(() => {
  db = openDatabase({ file: ':memory:', migrations: [] });
  now = new Date(0);
  operations = [];
  command = async () => undefined;
  const idempotent = idempotency({ db, clock: () => now, retentionMs: 1000 });
  app = createApp({ name: 'demo', version: '1', log: testLog, sessionSecret: TEST_SECRET });
  app.post('/api/demo/things', (request, reply) =>
    idempotent(request, reply, async ({ operationId }) => {
      await command();
      operations.push(operationId);
      return { status: 201, headers: { location: '/things/1' }, body: { made: operations.length } };
    }),
  );
});
afterEach(async () => {
  await app.close();
  db.close();
});

const send = (key: string | undefined, payload: object = { a: 1, b: 2 }, shopperId = 's_1') =>
  app.inject({
    method: 'POST',
    url: '/api/demo/things',
    payload,
    headers: { ...sessionHeader(TEST_SECRET, { shopperId }), ...(key === undefined ? {} : { 'idempotency-key': key }) },
  });

describe('a command with an Idempotency-Key', () => {
  test('runs once; a repetition gets the first answer again', async () => {
    const first = await send('k1');
    const again = await send('k1', { b: 2, a: 1 });
    expect([again.statusCode, again.json(), again.headers.location]).toEqual([201, { made: 1 }, '/things/1']);
    expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true']);
    expect(operations).toHaveLength(1);
  });

  test('runs anew for another key, and for another caller with the same key', async () => {
    await send('k1');
    await send('k2');
    await send('k1', undefined, 's_2');
    expect(new Set(operations).size).toBe(3);
  });

  test('is refused when the key was used for another body', async () => {
    await send('k1');
    const other = await send('k1', { a: 2 });
    expect([other.statusCode, other.json().code]).toEqual([422, 'idempotency-key-reused']);
  });

  test.each([undefined, '', ' ', 'x'.repeat(256)])('is refused with the key %j', async (key) => {
    const response = await send(key);
    expect([response.statusCode, response.json().code]).toEqual([400, 'idempotency-key-missing']);
  });

  test('is refused while the first one is running', async () => {
    const [begun, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    command = () => {
      begun.resolve();
      return goOn.promise;
    };
    const first = send('k1');
    await begun.promise;
    const second = await send('k1');
    expect([second.statusCode, second.json().code, second.headers['retry-after']]).toEqual([409, 'still-running', '1']);
    goOn.resolve();
    expect((await first).statusCode).toBe(201);
    expect((await send('k1')).json()).toEqual({ made: 1 });
  });

  test('may be tried again after an error, under the same operation id', async () => {
    const seen: string[] = [];
    command = async () => {
      command = async () => undefined;
      throw new Conflict();
    };
    expect((await send('k1', { a: 1 })).statusCode).toBe(409);
    expect((await send('k1', { a: 2 })).statusCode).toBe(201);
    seen.push(...operations);
    db.exec('DELETE FROM souk_idempotency');
    await send('k1', { a: 2 });
    expect(operations).toEqual([...seen, ...seen]);
  });

  test('is forgotten after the retention time', async () => {
    await send('k1');
    now = new Date(1001);
    await send('k2');
    expect(db.get('SELECT count(*) AS n FROM souk_idempotency')).toEqual({ n: 1 });
    expect((await send('k1', { a: 2 })).statusCode).toBe(201);
  });
});
