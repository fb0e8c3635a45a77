import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel, Recorded } from '@souk/event-channel';
import * as fc from 'fast-check';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { projection } from '../projection.ts';
import type { Projection, ProjectionOptions } from '../projection.ts';
import { openDatabase } from '../sqlite.ts';
import type { Database } from '../sqlite.ts';
import { dumpOf, given } from '../testing/index.ts';
import type { Rebuild } from './rebuilder.ts';

const schema = `
  CREATE TABLE item (name TEXT PRIMARY KEY, n INTEGER NOT NULL, seen INTEGER NOT NULL) STRICT;
  CREATE TABLE mention (id INTEGER PRIMARY KEY, name TEXT NOT NULL REFERENCES item) STRICT;
  CREATE INDEX mention_by_name ON mention (name);
  CREATE VIRTUAL TABLE item_words USING fts5 (text, content = '', contentless_delete = 1);
  CREATE TABLE other (position INTEGER) STRICT;`;
const tables = ['item', 'mention', 'item_words'];

/** Depends on what was there before, as read models do. */
const apply = ({ event }: Recorded, db: Database) => {
  const { name, n } = event.data as { name: string; n: number };
  const sql = `INSERT INTO item VALUES (?, ?, 1)
    ON CONFLICT (name) DO UPDATE SET n = excluded.n, seen = seen + 1 RETURNING rowid`;
  const { rowid } = db.get<{ rowid: number }>(sql, name, n)!;
  db.run('INSERT INTO mention (name) VALUES (?)', name);
  db.run('DELETE FROM item_words WHERE rowid = ?', rowid);
  db.run('INSERT INTO item_words (rowid, text) VALUES (?, ?)', rowid, `${name} word${n}`);
};

let folder: string;
let file: string;
let channel: EventChannel;
let db: Database;
let open: Projection[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-rebuild-'));
  file = join(folder, 'demo.db');
  channel = memoryChannel();
  db = openDatabase({ file, migrations: [schema] });
  open = [];
});
afterEach(async () => {
  for (const one of open) await one.close();
  await channel.close();
  db.close();
  rmSync(folder, { recursive: true });
});

const started = (options: Partial<ProjectionOptions> = {}): Projection => {
  const one = projection({ name: 'items', channel, db, stream: 'demo', tables, apply, ...options });
  open.push(one);
  return one;
};
const append = async (name: string, ...numbers: number[]) => {
  const events = numbers.map((n) => ({ type: 'demo.counted.v1', data: { name, n } }));
  return (await given(channel, `demo.${name}`, events)).position;
};
const numbers = (length: number) => Array.from({ length }, (_, n) => n);
const ended = async (rebuild: Rebuild) => {
  while (rebuild.progress.state === 'building') await rebuild.changed();
  return rebuild.progress;
};
const search = (word: string) =>
  db.all<{ name: string }>(
    'SELECT name FROM item_words JOIN item ON item.rowid = item_words.rowid WHERE item_words MATCH ?',
    word,
  );
const spoil = () => db.exec(`DELETE FROM mention WHERE id % 2 = 0; UPDATE item SET n = -1, seen = 99`);

describe('a rebuild', () => {
  test('leaves a read model that says the same, to the last byte, with its checkpoint', async () => {
    const view = started();
    for (const name of ['a', 'b', 'c']) await append(name, ...numbers(300));
    await view.ready();
    const before = dumpOf(file);
    expect(before).toContain('["word299",');
    expect(await ended(view.rebuild())).toMatchObject({ state: 'rebuilt', done: 900, total: 900, events: 900 });
    expect(dumpOf(file)).toBe(before);
    expect(view.position()).toBe(900);
    expect(db.get('SELECT position FROM souk_checkpoint')).toEqual({ position: 900 });
  });

  test('mends one that has gone wrong, and its full-text index with it', async () => {
    const view = started();
    await view.waitFor(await append('a', ...numbers(50)));
    await view.waitFor(await append('b', ...numbers(50)));
    const before = dumpOf(file);
    spoil();
    db.exec(`DELETE FROM item_words`);
    expect(search('word49')).toEqual([]);
    await ended(view.rebuild());
    expect(dumpOf(file)).toBe(before);
    expect(search('word49')).toEqual([{ name: 'a' }, { name: 'b' }]);
    await view.waitFor(await append('c', 49));
    expect(search('word49')).toHaveLength(3);
  });

  test('touches nothing but its own tables', async () => {
    db.run('INSERT INTO other VALUES (7)');
    db.run(`INSERT INTO souk_inbox (reactor, source, event_id) VALUES ('r', '/s', 'e')`);
    db.run(`INSERT INTO souk_checkpoint VALUES ('another', 'demo', 3)`);
    const view = started();
    await view.waitFor(await append('a', 1));
    await ended(view.rebuild());
    expect(db.get('SELECT * FROM other')).toEqual({ position: 7 });
    expect(db.get('SELECT event_id FROM souk_inbox')).toEqual({ event_id: 'e' });
    expect(db.get(`SELECT position FROM souk_checkpoint WHERE name = 'another'`)).toEqual({ position: 3 });
  });

  test('lets the old one serve and follow until the moment of the change, and who reads sees one or the other', async () => {
    const view = started();
    await append('a', ...numbers(2000));
    await view.ready();
    db.exec(`UPDATE item SET seen = seen + 10000`);
    const reader = new DatabaseSync(file, { readOnly: true });
    const statement = reader.prepare('SELECT seen, (SELECT count(*) FROM mention) AS mentions FROM item');
    const rebuild = view.rebuild();
    const seen = new Set<string>();
    for (let n = 0; rebuild.progress.state === 'building'; n++) {
      await view.waitFor(await append('a', n));
      const { seen: count, mentions } = statement.get() as { seen: number; mentions: number };
      seen.add(count > 10_000 ? 'old' : 'new');
      expect(mentions).toBe(count % 10_000);
    }
    expect(rebuild.progress.state).toBe('rebuilt');
    expect([...seen][0]).toBe('old');
    await view.ready();
    const { seen: count } = statement.get() as { seen: number };
    expect(count).toBe(await channel.lastPosition('demo'));
    reader.close();
  });

  test('takes nothing from the one that serves, which hears also of what comes while it stands still', async () => {
    const heard: number[] = [];
    let asked: number | undefined;
    const busy: EventChannel = {
      ...channel,
      async lastPosition(stream) {
        // The first time is the first pass; the second time the old one stands still.
        if (asked !== undefined && ++asked === 2) await append('late', 1);
        return channel.lastPosition(stream);
      },
    };
    const view = started({
      channel: busy,
      apply(event, into) {
        apply(event, into);
        if (into === db) heard.push(event.position);
      },
    });
    await view.waitFor(await append('a', 1, 2));
    asked = 0;
    expect((await ended(view.rebuild())).state).toBe('rebuilt');
    expect(asked).toBe(2);
    await view.ready();
    expect(heard).toEqual([1, 2, 3]);
  });

  test('keeps the one that serves from writing, and so from blocking, also while another one writes next', async () => {
    const lent: boolean[] = [];
    const view = started({
      apply(event, into) {
        lent.push(into.lent !== undefined);
        apply(event, into);
      },
    });
    const [one, other] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const [first, second] = [db.lend(() => one.promise), db.lend(() => other.promise)];
    const position = await append('a', 1);
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    one.resolve();
    await first;
    for (let turn = 0; turn < 5; turn++) await nextTurn();
    other.resolve();
    await second;
    await view.waitFor(position);
    expect(lent).toEqual([false]);
  });

  test('takes each event once, whatever comes while it runs and however the streams are mixed', async () => {
    const steps = fc.array(
      fc.oneof(
        fc.record({ to: fc.constantFrom('demo.a', 'demo.b', 'more.x.c', 'more.y.d'), n: fc.nat(9) }),
        fc.constantFrom('turn' as const, 'rebuild' as const),
      ),
      { minLength: 1, maxLength: 40 },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(steps, async (plan) => {
        const own = join(folder, `run-${++run}.db`);
        const [log, base] = [memoryChannel(), openDatabase({ file: own, migrations: [schema] })];
        const sources = [{ stream: 'demo' }, { stream: 'more', filter: 'more.x.>' }];
        // Each stream writes rows of its own, so their order among each other does not matter, but to `mention.id`.
        const view = projection({
          ...{ name: 'items', channel: log, db: base, sources, tables: ['item'] },
          apply: ({ event }, into) => {
            const { name, n } = event.data as { name: string; n: number };
            const sql = `INSERT INTO item VALUES (?, ?, 1) ON CONFLICT (name) DO UPDATE SET n = n + excluded.n, seen = seen + 1`;
            into.run(sql, name, n);
          },
        });
        const rebuilds: Rebuild[] = [];
        const expected = new Map<string, { n: number; seen: number }>();
        for (const step of plan) {
          if (step === 'turn') await nextTurn();
          else if (step === 'rebuild') {
            if (view.rebuilding?.progress.state !== 'building') rebuilds.push(view.rebuild());
          } else {
            const name = step.to;
            await given(log, step.to, [{ type: 'demo.counted.v1', data: { name, n: step.n } }]);
            if (name === 'more.y.d') continue;
            const { n, seen } = expected.get(name) ?? { n: 0, seen: 0 };
            expected.set(name, { n: n + step.n, seen: seen + 1 });
          }
        }
        for (const rebuild of rebuilds) expect((await ended(rebuild)).state).toBe('rebuilt');
        await view.ready();
        const rows = base.all<{ name: string; n: number; seen: number }>('SELECT * FROM item');
        expect(Object.fromEntries(rows.map(({ name, n, seen }) => [name, { n, seen }]))).toEqual(
          Object.fromEntries(expected),
        );
        await view.close();
        await log.close();
        base.close();
      }),
      { numRuns: 15 },
    );
  });

  test('is refused while one runs, and where it cannot be', async () => {
    const view = started();
    await append('a', ...numbers(600));
    const first = view.rebuild();
    expect(() => view.rebuild()).toThrow(expect.objectContaining({ code: 'rebuild-running' }));
    await ended(first);
    expect((await ended(view.rebuild())).state).toBe('rebuilt');
    const { tables: _, ...without } = {
      name: 'no-tables',
      channel,
      db,
      stream: 'demo',
      tables,
      apply: () => undefined,
    };
    const other = projection(without);
    open.push(other);
    expect(() => other.rebuild()).toThrow(expect.objectContaining({ code: 'not-rebuildable' }));
  });

  test('that cannot apply an event fails with its position, and the old one serves on', async () => {
    let broken = false;
    const view = started({
      apply(event, into) {
        apply(event, into);
        if (broken && event.position === 3) throw new Error('cannot take 3');
      },
    });
    await view.waitFor(await append('a', 1, 2, 3, 4));
    const before = dumpOf(file);
    broken = true;
    expect(await ended(view.rebuild())).toMatchObject({
      state: 'failed',
      reason: expect.stringContaining('position 3 of "demo" cannot be applied: cannot take 3'),
    });
    expect(dumpOf(file)).toBe(before);
    expect(existsSync(`${file}.rebuild-items`)).toBe(false);
    await view.waitFor(await append('b', 5));
  });

  test('fails before anything is written when the projection writes past the database it is given', async () => {
    const view = started({ apply: (event) => apply(event, db) });
    await view.waitFor(await append('a', 1, 2));
    const before = dumpOf(file);
    expect(await ended(view.rebuild())).toMatchObject({ state: 'failed', reason: expect.stringContaining('readonly') });
    expect(dumpOf(file)).toBe(before);
    await view.waitFor(await append('a', 3));
  });

  test('that a crash cut off leaves a file that the next start removes', async () => {
    const leftOver = `${file}.rebuild-items`;
    for (const end of ['', '-journal', '-wal']) writeFileSync(leftOver + end, 'half a database');
    const view = started();
    expect(['', '-journal', '-wal'].map((end) => existsSync(leftOver + end))).toEqual([false, false, false]);
    await view.waitFor(await append('a', 1));
    expect((await ended(view.rebuild())).state).toBe('rebuilt');
  });

  test('ends when the projection closes, and the old one is there at the next start', async () => {
    const view = started();
    await append('a', ...numbers(3000));
    await view.ready();
    const before = dumpOf(file);
    const rebuild = view.rebuild();
    await rebuild.changed();
    await view.close();
    expect(rebuild.progress.state).toBe('failed');
    expect(existsSync(`${file}.rebuild-items`)).toBe(false);
    expect(dumpOf(file)).toBe(before);
  });
});
