import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel, Recorded } from '@souk/event-channel';
import * as fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { snapshots } from './snapshots.ts';
import type { SnapshotsOptions } from './snapshots.ts';
import { openDatabase } from './sqlite.ts';
import type { Database } from './sqlite.ts';
import { given } from './testing/index.ts';

let channel: EventChannel;
let db: Database;
let applied: number[];
beforeEach(() => {
  channel = memoryChannel();
  db = openDatabase({ file: ':memory:', migrations: [] });
  applied = [];
});
afterEach(async () => {
  await channel.close();
  db.close();
});

interface Tally {
  readonly text: string;
}
const n = ({ event }: Recorded) => event.data as number;
const fold = (options: Partial<SnapshotsOptions<Tally>> = {}) =>
  snapshots<Tally>({
    ...{ name: 'tally', channel, db, version: 1, initial: { text: '' }, every: 3 },
    evolve({ text }, recorded) {
      applied.push(n(recorded));
      // Depends on order, and on each event.
      return { text: `${text}${n(recorded)},`.slice(-40) };
    },
    ...options,
  });
const add = (numbers: readonly number[], log = channel) =>
  given(
    log,
    'demo.a',
    numbers.map((data) => ({ type: 'demo.counted.v1', data })),
  );

test('what is read from a snapshot on is what is read from zero, wherever the cuts are', async () => {
  const batches = fc.array(fc.array(fc.nat(99), { minLength: 1, maxLength: 8 }), { minLength: 1, maxLength: 12 });
  await fc.assert(
    fc.asyncProperty(batches, fc.integer({ min: 1, max: 6 }), async (parts, every) => {
      const [log, base] = [memoryChannel(), openDatabase({ file: ':memory:', migrations: [] })];
      for (const part of parts) {
        await add(part, log);
        await given(log, 'demo.b', [{ type: 'demo.counted.v1', data: -1 }]);
        const cold = await fold({ channel: log, db: base, every }).read('demo.a');
        expect(cold).toEqual(await fold({ channel: log, every: Infinity }).read('demo.a'));
      }
      await log.close();
      base.close();
    }),
    { numRuns: 50 },
  );
});

test('only newer events are read after a snapshot, and few leave none', async () => {
  await add([1, 2]);
  await fold().read('demo.a');
  expect(db.all('SELECT * FROM souk_snapshot')).toEqual([]);
  await add([3]);
  await fold().read('demo.a');
  await add([4]);
  applied = [];
  expect(await fold().read('demo.a')).toEqual({ state: { text: '1,2,3,4,' }, revision: 4 });
  expect(applied).toEqual([4]);
});

test.each([
  ['of another version', () => fold({ version: 2 })],
  ['that cannot be restored', () => fold({ restore: () => expect.fail('cannot be read') })],
  ['that is no JSON', () => (db.run(`UPDATE souk_snapshot SET state = '{'`), fold())],
  ['of another log', () => (db.run(`UPDATE souk_snapshot SET event_id = 'e_other'`), fold())],
  ['from beyond the end of the log', () => (db.run('UPDATE souk_snapshot SET position = 99'), fold())],
])('a snapshot %s counts as none', async (_what, open) => {
  await add([1, 2, 3]);
  await fold().read('demo.a');
  db.run(`UPDATE souk_snapshot SET state = '{"text":"wrong"}'`);
  expect((await open().read('demo.a')).state).toEqual({ text: '1,2,3,' });
});

test('a caller who is somewhere already reads on from there', async () => {
  await add([1, 2, 3]);
  const here = await fold().read('demo.a');
  await add([4]);
  applied = [];
  expect((await fold().read('demo.a', here)).state).toEqual({ text: '1,2,3,4,' });
  expect(applied).toEqual([4]);
});
