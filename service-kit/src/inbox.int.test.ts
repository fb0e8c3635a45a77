import type { EventChannel, Recorded } from '@souk/event-channel';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import * as fc from 'fast-check';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { reactor } from './reactor.ts';
import type { Reactor } from './reactor.ts';
import { openDatabase } from './sqlite.ts';
import type { Database } from './sqlite.ts';
import { given } from './testing/index.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'souk-inbox-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Running {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly doer: Reactor;
  heal(): void;
  close(): Promise<void>;
}

/** Counts, in its own file, how often each event took effect; fails on `bad` until it is healed. */
const run = (dir: string): Running => {
  let healed = false;
  const channel = sqliteChannel({ file: join(dir, 'events.db'), onHandlerError: () => undefined });
  const db = openDatabase({
    file: join(dir, 'demo.db'),
    migrations: ['CREATE TABLE effect (event_id TEXT PRIMARY KEY, times INTEGER NOT NULL)'],
  });
  const doer = reactor({
    ...{ name: 'doer', channel, db, stream: 'demo', maxDeliver: 2, backoffMs: [1] },
    async handle({ event }: Recorded) {
      if (event.data === 'bad' && !healed) throw new Error('not yet');
      return (into) => {
        const sql = 'INSERT INTO effect VALUES (?, 1) ON CONFLICT (event_id) DO UPDATE SET times = times + 1';
        into.run(sql, event.id);
      };
    },
  });
  const close = async () => {
    await doer.close();
    await channel.close();
    db.close();
  };
  return { channel, db, doer, heal: () => (healed = true), close };
};
const allSettled = async ({ channel, doer }: Running, count: number, db: Database) => {
  const done = () => db.get<{ n: number }>('SELECT count(*) AS n FROM effect')?.n;
  while (done() !== count || (await doer.status()).streams[0]?.position !== (await channel.lastPosition('demo'))) {
    await nextTurn();
  }
};
const notes = (db: Database) => db.get<{ n: number }>('SELECT count(*) AS n FROM souk_inbox')?.n ?? 0;
const ask = (channel: EventChannel, subject: string, data: string) =>
  given(channel, `demo.${subject}`, [{ type: 'demo.asked.v1', data }]);

describe('the inbox of a reactor', () => {
  test('keeps few notes however many events there are, and none after it is closed in order', async () => {
    const running = run(folder);
    for (let n = 0; n < 600; n++) await ask(running.channel, `s${n % 7}`, 'fine');
    await allSettled(running, 600, running.db);
    expect(notes(running.db)).toBeLessThan(300);
    await running.doer.close();
    expect(notes(running.db)).toBe(0);
    await running.close();
  });

  test('takes over a file from before notes had places, and leaves those notes alone', async () => {
    const old = openDatabase({ file: join(folder, 'demo.db'), migrations: [] });
    old.exec(`DROP TABLE souk_inbox; CREATE TABLE souk_inbox (reactor TEXT NOT NULL, source TEXT NOT NULL,
      event_id TEXT NOT NULL, PRIMARY KEY (reactor, source, event_id)) WITHOUT ROWID;
      INSERT INTO souk_inbox VALUES ('doer', '/demo', 'e_old')`);
    old.close();
    const running = run(folder);
    await ask(running.channel, 'a', 'fine');
    await allSettled(running, 1, running.db);
    await running.close();
    const db = openDatabase({ file: join(folder, 'demo.db'), migrations: [''] });
    expect(db.all('SELECT event_id FROM souk_inbox')).toEqual([{ event_id: 'e_old' }]);
    db.close();
  });

  test('never drops a note of what can come again: after a crash at any moment each event takes effect once', async () => {
    const plan = fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.record({ subject: fc.constantFrom('a', 'b', 'c'), bad: fc.boolean() }) },
        { weight: 3, arbitrary: fc.constant('turns' as const) },
        { weight: 1, arbitrary: fc.constant('replay' as const) },
        { weight: 1, arbitrary: fc.constant('crash' as const) },
      ),
      { minLength: 10, maxLength: 60 },
    );
    let round = 0;
    await fc.assert(
      fc.asyncProperty(plan, async (steps) => {
        const dir = join(folder, `r${++round}`);
        mkdirSync(dir);
        const running = run(dir);
        const images: string[] = [];
        for (const step of [...steps, 'crash'] as const) {
          // Many events in few steps: notes are looked at in dozens.
          if (typeof step === 'object') {
            const data = step.bad && step.subject !== 'c' ? 'bad' : 'fine';
            await Promise.all(
              Array.from({ length: 20 }, (_, n) => ask(running.channel, step.subject, n === 9 ? data : 'fine')),
            );
          } else if (step === 'turns') for (let n = 0; n < 20; n++) await nextTurn();
          else if (step === 'replay') {
            running.heal();
            for (const { position } of await running.doer.deadLetters()) await running.doer.replay(position);
          } else if (images.length < 3) images.push(image(dir, `${dir}-crash${images.length}`));
        }
        await running.close();
        for (const crashed of images) {
          const again = run(crashed);
          again.heal();
          const count = await again.channel.lastPosition('demo');
          while ((again.db.get<{ n: number }>('SELECT count(*) AS n FROM effect')?.n ?? 0) < count) {
            for (const { position } of await again.doer.deadLetters()) await again.doer.replay(position);
            await nextTurn();
          }
          await again.close();
          const db = openDatabase({ file: join(crashed, 'demo.db'), migrations: [''] });
          expect(db.all('SELECT * FROM effect WHERE times > 1')).toEqual([]);
          db.close();
        }
      }),
      { numRuns: 12 },
    );
  }, 60_000);
});

/** What a process that dies at this moment leaves behind. */
function image(from: string, to: string): string {
  mkdirSync(to);
  for (const file of readdirSync(from)) {
    if (!/-shm$|\.lock$/.test(file)) copyFileSync(join(from, file), join(to, file));
  }
  return to;
}
