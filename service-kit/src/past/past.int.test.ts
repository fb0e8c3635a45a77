import type { EventChannel, Recorded } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import * as fc from 'fast-check';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projection } from '../projection.ts';
import { openDatabase } from '../sqlite.ts';
import type { Database } from '../sqlite.ts';
import { dumpOf, given } from '../testing/index.ts';
import { answerForPast, askForPast } from './ask-for-past.ts';
import type { PastLimits } from './past-copies.ts';

const schema = `
  CREATE TABLE item (name TEXT PRIMARY KEY, n INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT;
  CREATE TABLE far (name TEXT PRIMARY KEY, n INTEGER NOT NULL) STRICT;
  CREATE TABLE mention (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
  CREATE VIRTUAL TABLE item_words USING fts5 (text, content = '', contentless_delete = 1);
  CREATE TABLE other (position INTEGER) STRICT;`;
const [counts, mentions] = [['item', 'item_words', 'far'], ['mention']];

/** Depends on what was there before, as read models do, and nothing on the order between streams. */
function count({ event, stream }: Recorded, db: Database): void {
  const { name, n } = event.data as { name: string; n: number };
  if (stream === 'more') return void db.run('INSERT OR REPLACE INTO far VALUES (?, ?)', name, n);
  const sql = `INSERT INTO item VALUES (?, ?, 1)
    ON CONFLICT (name) DO UPDATE SET n = excluded.n, seen = seen + 1 RETURNING rowid`;
  const { rowid } = db.get<{ rowid: number }>(sql, name, n)!;
  db.run('DELETE FROM item_words WHERE rowid = ?', rowid);
  db.run('INSERT INTO item_words (rowid, text) VALUES (?, ?)', rowid, `${name} word${n}`);
}
const mention = ({ event }: Recorded, db: Database) =>
  void db.run('INSERT INTO mention (name) VALUES (?)', (event.data as { name: string }).name);

let folder: string;
let closers: (() => Promise<unknown> | void)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-past-'));
  closers = [];
});
afterEach(async () => {
  for (const close of closers.reverse()) await close();
  rmSync(folder, { recursive: true });
});

/** A backend with two projections in one file; `item` follows two streams. */
function started(channel: EventChannel, name: string, limits: Partial<PastLimits> = {}) {
  const file = join(folder, `${name}.db`);
  const db = openDatabase({ file, migrations: [schema] });
  const one = projection({
    ...{ name: 'counts', channel, db, tables: counts, apply: count },
    sources: [{ stream: 'demo' }, { stream: 'more', filter: 'more.x.>' }],
  });
  const two = projection({ name: 'mentions', channel, db, stream: 'demo', tables: mentions, apply: mention });
  const answering = answerForPast(name, [one.past!, two.past!], channel, limits);
  const close = async () => {
    await answering.close();
    await Promise.all([one.close(), two.close()]);
    db.close();
  };
  closers.push(close);
  return {
    ...{ file, db, close },
    ready: () => Promise.all([one.ready(), two.ready()]),
    ask: (demo: number, more = demo) => askForPast({ channel, backend: name, file, positions: { demo, more } }),
  };
}

const append = async (channel: EventChannel, subject: string, ...numbers: number[]) => {
  const events = numbers.map((n) => ({ type: 'demo.counted.v1', data: { name: subject.split('.').at(-1), n } }));
  return (await given(channel, subject, events)).position;
};
const memory = () => {
  const channel = memoryChannel();
  closers.push(() => channel.close());
  return channel;
};
const copiesIn = () => readdirSync(folder).filter((name) => name.includes('.as-of-'));

describe('a read model as it was', () => {
  test.each(['memory', 'sqlite'])(
    'is to the last byte that of a shop that stopped there, whatever happened before and after (%s)',
    async (kind) => {
      const subject = fc.constantFrom('demo.a', 'demo.b', 'more.x.c', 'more.y.d');
      const plan = fc.array(fc.record({ to: subject, n: fc.nat(9) }), { maxLength: 25 });
      let run = 0;
      const opened = (): EventChannel =>
        kind === 'memory' ? memoryChannel() : sqliteChannel({ file: join(folder, `log-${++run}.db`) });
      await fc.assert(
        fc.asyncProperty(plan, plan, async (before, after) => {
          const [whole, stopped] = [opened(), opened()];
          const name = `run-${++run}`;
          const [shop, early] = [started(whole, name), started(stopped, `${name}-early`)];
          for (const { to, n } of before) for (const each of [whole, stopped]) await append(each, to, n);
          const [demo, more] = [await whole.lastPosition('demo'), await whole.lastPosition('more')];
          for (const { to, n } of after) await append(whole, to, n);
          await Promise.all([shop.ready(), early.ready()]);
          const served = dumpOf(shop.file);
          const past = await shop.ask(demo, more);
          const tables = [...past.tables];
          expect(tables.toSorted()).toEqual([...counts, ...mentions].toSorted());
          expect(dumpOf(past.file, tables)).toBe(dumpOf(early.file, tables));
          expect(dumpOf(shop.file)).toBe(served);
          for (const close of closers.splice(-2)) await close();
          await Promise.all([whole.close(), stopped.close()]);
        }),
        { numRuns: 20 },
      );
    },
    60_000,
  );

  test('is made once for each position, the last few are kept, and none outlives the backend', async () => {
    const channel = memory();
    writeFileSync(join(folder, 'shop.db.as-of-left-over'), 'by a crash');
    const shop = started(channel, 'shop', { kept: 2 });
    expect(copiesIn()).toEqual([]);
    await append(channel, 'demo.a', 1, 2, 3, 4);
    const [one, again] = await Promise.all([shop.ask(1), shop.ask(1)]);
    expect(again).toEqual(one);
    const two = await shop.ask(2);
    expect(await shop.ask(1)).toEqual(one);
    const three = await shop.ask(3);
    expect([one, two, three].map(({ file }) => existsSync(file))).toEqual([true, false, true]);
    expect(copiesIn()).toHaveLength(2);
    expect(dumpOf((await shop.ask(2)).file, mentions)).toContain('[2,"a"]');
    await shop.close();
    expect(copiesIn()).toEqual([]);
  });

  test('beyond the end of a stream is as of its end', async () => {
    const channel = memory();
    const shop = started(channel, 'shop');
    await append(channel, 'demo.a', 1, 2);
    expect(await shop.ask(900)).toEqual(await shop.ask(2, 0));
  });

  test('is given up at the deadline, and when it grows too large, with nothing left behind', async () => {
    const channel = memory();
    const slow = started(channel, 'slow', { deadlineMs: 1 });
    const small = started(channel, 'small', { maxBytes: 100_000 });
    for (let n = 0; n < 10; n++) await append(channel, `demo.${n}`, ...Array.from({ length: 1000 }, (_, i) => i));
    await expect(slow.ask(10_000)).rejects.toMatchObject({ code: 'past-too-slow', details: { deadlineMs: 1 } });
    await expect(small.ask(10_000)).rejects.toMatchObject({ code: 'past-too-large', details: { maxBytes: 100_000 } });
    expect(copiesIn()).toEqual([]);
    expect((await small.ask(5)).tables).toContain('item');
  });

  test('is refused when too many are being made', async () => {
    const channel = memory();
    const shop = started(channel, 'shop', { maxWaiting: 2 });
    await append(channel, 'demo.a', 1, 2, 3);
    const asked = await Promise.allSettled([1, 2, 3].map((position) => shop.ask(position)));
    const codes = asked.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : 'made'));
    expect(codes).toEqual(['made', 'made', 'too-many-pasts']);
  });

  test('cannot be told by a backend that is not there, of another file, or without the position of a stream', async () => {
    const channel = memory();
    const shop = started(channel, 'shop');
    const ask = { channel, backend: 'shop', file: shop.file, positions: { demo: 0, more: 0 } };
    await expect(askForPast({ ...ask, backend: 'nobody' })).rejects.toMatchObject({ code: 'past-unavailable' });
    await expect(askForPast({ ...ask, file: 'keys.db' })).rejects.toMatchObject({ code: 'past-unknown' });
    await expect(askForPast({ ...ask, positions: { demo: 0 } })).rejects.toMatchObject({ code: 'past-unknown' });
  });
});
