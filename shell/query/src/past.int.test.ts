import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { EventChannel, Recorded } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { createApp, openDatabase, projection, type Database } from '@souk/service-kit';
import { given, testLog, TEST_SECRET } from '@souk/service-kit/testing';
import { openQueryFixture, shelfMigrations, type QueryFixture } from './testing/fixtures.ts';

const opened: { close(): Promise<unknown> | void }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

/** Opens the backend `shelf`: its cups follow `catalog`, its secrets `chat`. */
async function openShelf(other?: EventChannel): Promise<QueryFixture & { caughtUp(): Promise<void> }> {
  const fixture = await openQueryFixture({ deadlineMs: 10_000 }, other);
  const { channel, dir } = fixture;
  const db = openDatabase({ file: join(dir, 'shelf.db'), migrations: shelfMigrations });
  db.exec(`DELETE FROM cups; DELETE FROM secrets`);
  const shelf = projection({
    ...{ name: 'shelf', channel, db, tables: ['cups', 'secrets'], apply },
    sources: [{ stream: 'catalog' }, { stream: 'chat' }],
  });
  const app = createApp({
    ...{ name: 'shelf', version: '1.0.0', log: testLog, sessionSecret: TEST_SECRET },
    ...{ channel, followers: [shelf] },
  });
  await app.ready();
  opened.push(fixture, db, shelf, { close: () => app.close() });
  return { ...fixture, caughtUp: () => shelf.ready() };
}

function apply({ event }: Recorded, db: Database): void {
  const { name, price, word } = event.data as { name?: string; price?: number; word?: string };
  if (word !== undefined) db.run('INSERT INTO secrets VALUES (?)', word);
  if (name === undefined) return;
  db.run('DELETE FROM cups WHERE name = ?', name);
  db.run('INSERT INTO cups VALUES (?, ?)', name, price ?? 0);
}

const price = (channel: EventChannel, name: string, cents: number) =>
  given(channel, `catalog.cup.${name}`, [{ type: 'catalog.priced.v1', data: { name, price: cents } }]);
const say = (channel: EventChannel, word: string) =>
  given(channel, 'chat.words', [{ type: 'chat.said.v1', data: { word } }]);

const cups = 'SELECT name, price FROM shelf_cups ORDER BY name';

describe.each([
  ['on the file of the log', () => undefined],
  ['on a copy of the streams', () => memoryChannel()],
])('the past of a read model %s', (_where, channelOf) => {
  it('is what it was at a position and at a time, and does not leak into the next query', async () => {
    const { ask, channel, caughtUp } = await openShelf(channelOf());
    await price(channel, 'green', 450);
    await say(channel, 'sesame');
    await price(channel, 'blue', 700);
    const { rows: stamps } = await untilRows(() => ask({ sql: 'SELECT position, time FROM events' }), 3);
    await until(() => new Date().toISOString() > String(stamps[2]?.[1]));
    await price(channel, 'green', 999);
    await caughtUp();
    await untilRows(() => ask({ sql: 'SELECT position FROM events' }), 4);

    const now = [
      ['blue', 700],
      ['green', 999],
    ];
    const asOf = async (when: number | string) => (await ask({ sql: cups, asOf: when })).rows;
    expect(await asOf(0)).toEqual([]);
    expect(await asOf(1)).toEqual([['green', 450]]);
    expect(await asOf(2)).toEqual([['green', 450]]);
    expect(await asOf(3)).toEqual([
      ['blue', 700],
      ['green', 450],
    ]);
    expect((await ask({ sql: cups })).rows).toEqual(now);
    expect(await asOf(4)).toEqual(now);
    expect(await asOf(String(stamps[2]?.[1]))).toEqual(await asOf(3));
    expect(await asOf('2001-01-01')).toEqual([]);

    const joined = `SELECT count(*) FROM events JOIN shelf_cups ON data->>'name' = name AND data->>'price' = price`;
    const { lines, rows } = await ask({ sql: joined, asOf: 3 });
    expect([lines[0].position, rows]).toEqual([3, [[2]]]);
    expect((await ask({ kql: 'shelf_cups | count', asOf: 1 })).rows).toEqual([[1]]);
  });

  it('opens no table that is not open now, and reaches no further than the log', async () => {
    const { ask, channel } = await openShelf(channelOf());
    await say(channel, 'sesame');
    await untilRows(() => ask({ sql: 'SELECT position FROM events' }), 1);
    expect((await ask({ sql: cups, asOf: 1 })).status).toBe(200);
    for (const sql of [
      'SELECT * FROM shelf_secrets',
      'SELECT * FROM shelf.secrets',
      'SELECT * FROM shelf_cups, shelf.secrets',
    ]) {
      const { status, lines } = await ask({ sql, asOf: 1 });
      expect([status, JSON.stringify(lines).includes('sesame')]).toEqual([400, false]);
    }
    expect(await ask({ sql: cups, asOf: 2 })).toMatchObject({ status: 400, lines: [{ code: 'invalid-query' }] });
  });
});

it('the past of a read model is known as far back as a copy reaches that has let the oldest events go', async () => {
  const { ask, channel, dir } = await openShelf(memoryChannel());
  await price(channel, 'green', 450);
  await say(channel, 'sesame');
  await price(channel, 'blue', 700);
  await untilRows(() => ask({ sql: 'SELECT position FROM events' }), 3);
  const copy = openDatabase({ file: join(dir, 'events-copy.db'), migrations: ['', ''] });
  copy.run('DELETE FROM event WHERE position <= 2');
  copy.close();
  expect((await ask({ sql: cups, asOf: 2 })).rows).toEqual([['green', 450]]);
  expect(await ask({ sql: cups, asOf: 1 })).toMatchObject({
    ...{ status: 400, lines: [{ detail: 'the log is kept from position 3 on; "asOf" is before that' }] },
  });
});

/** A copy takes its moment. */
async function untilRows<Answer extends { rows: readonly (readonly unknown[])[] }>(
  ask: () => Promise<Answer>,
  count: number,
): Promise<Answer> {
  for (;;) {
    const answer = await ask();
    if (answer.rows.length === count) return answer;
  }
}

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await new Promise(setImmediate);
}
