import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { ChannelError, type EventChannel } from '../index.ts';
import { anEvent, append, collect, createLog, dataOf, range } from '../testing/helpers.ts';
import { sqliteChannel, verifySqliteLog } from './index.ts';
import { openLogFile } from './open-database.ts';
import { prepareStatements } from './statements.ts';

const folder = mkdtempSync(join(tmpdir(), 'souk-sqlite-'));
const opened: EventChannel[] = [];
let count = 0;

afterEach(() => Promise.all(opened.splice(0).map((channel) => channel.close())));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the sqlite channel', () => {
  it('writes all appends of one event-loop turn in one transaction', async () => {
    const { channel, file } = open();
    await append(channel, 'cart.cart.a', 'first');
    const before = framesIn(file);
    await Promise.all(range(64).map((n) => append(channel, 'cart.cart.a', n)));
    const together = framesIn(file) - before;
    for (const n of range(64)) await append(channel, 'cart.cart.a', n);
    const alone = framesIn(file) - before - together;
    expect(together * 4).toBeLessThan(alone);
  });

  it('refuses a second channel on the same file, and lets one in after the first is closed', async () => {
    const { channel, file } = open();
    expect(() => sqliteChannel({ file })).toThrow(expect.objectContaining({ code: 'log-in-use' }));
    await append(channel, 'cart.cart.a', 1);
    await channel.close();
    const next = sqliteChannel({ file });
    opened.push(next);
    expect(dataOf(await collect(next.read('cart.>')))).toEqual([1]);
  });

  it('can be read by another connection while it writes', async () => {
    const { channel, file } = open();
    await append(channel, 'cart.cart.a', 1);
    const reader = new DatabaseSync(file, { readOnly: true });
    reader.exec('BEGIN');
    expect(reader.prepare('SELECT count(*) AS n FROM event').get()).toMatchObject({ n: 1 });
    await append(channel, 'cart.cart.a', 2);
    expect(reader.prepare('SELECT count(*) AS n FROM event').get()).toMatchObject({ n: 1 });
    reader.exec('COMMIT');
    expect(reader.prepare('SELECT count(*) AS n FROM event').get()).toMatchObject({ n: 2 });
    reader.close();
  });

  it('rejects a whole group with its cause when the transaction fails, and recovers', async () => {
    const { channel, file } = open({ busyTimeoutMs: 1 });
    const blocker = new DatabaseSync(file);
    blocker.exec('BEGIN IMMEDIATE');
    const event = anEvent('again');
    const outcomes = await Promise.allSettled([
      channel.append('cart.cart.a', [event], { expect: 'no-stream' }),
      append(channel, 'cart.cart.b', 'lost'),
    ]);
    for (const outcome of outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'log-unavailable', cause: expect.any(Error) },
      });
    }
    blocker.exec('ROLLBACK');
    blocker.close();
    expect(await channel.append('cart.cart.a', [event], { expect: 'no-stream' })).toMatchObject({ duplicate: false });
    expect(dataOf(await collect(channel.read('cart.>')))).toEqual(['again']);
  });

  it('writes nothing of a group that fails on its way, and recovers', async () => {
    const { channel, file } = open();
    const other = new DatabaseSync(file);
    other.exec(`CREATE TRIGGER full BEFORE INSERT ON event WHEN NEW.subject = 'cart.cart.b'
                BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`);
    const event = anEvent('again');
    const outcomes = await Promise.allSettled([
      channel.append('cart.cart.a', [event], { expect: 'no-stream' }),
      append(channel, 'cart.cart.b', 'lost'),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await channel.lastPosition('cart')).toBe(0);
    other.exec('DROP TRIGGER full');
    other.close();
    expect(await channel.append('cart.cart.a', [event], { expect: 'no-stream' })).toMatchObject({ duplicate: false });
  });

  it('keeps progress that could not be written and writes it later', async () => {
    const { channel, file } = open({ busyTimeoutMs: 1 });
    const seen = createLog<unknown>();
    channel.consume({ stream: 'cart', durable: 'test' }, async (delivery) => {
      await delivery.ack();
      seen.add(delivery.event.data);
    });
    const { position } = await append(channel, 'cart.cart.a', 1);
    const blocker = new DatabaseSync(file);
    blocker.exec('BEGIN IMMEDIATE');
    await seen.atLeast(1);
    await expect(append(channel, 'cart.cart.a', 2)).rejects.toBeInstanceOf(ChannelError);
    blocker.exec('ROLLBACK');
    await append(channel, 'cart.cart.b', 3);
    await seen.atLeast(2);
    await channel.close();
    const floor = blocker.prepare('SELECT floor FROM durable').get()?.floor;
    blocker.close();
    expect(floor).toBeGreaterThan(position);
  });

  it('writes at once where a durable begins, so that "new" means the same after a crash', async () => {
    const { channel, file } = open();
    const { position } = await append(channel, 'cart.cart.a', 1);
    channel.consume({ stream: 'cart', durable: 'test', deliver: 'new' }, async () => {});
    const reader = new DatabaseSync(file, { readOnly: true });
    expect(reader.prepare('SELECT floor FROM durable').get()).toMatchObject({ floor: position });
    reader.close();
  });

  it('refuses a log whose end was lost: its positions were given to somebody', async () => {
    const { channel, file } = open();
    await append(channel, 'cart.cart.a', 1);
    const lost = await append(channel, 'cart.cart.a', 2);
    await channel.close();
    const database = new DatabaseSync(file);
    database.exec(`DELETE FROM event WHERE position = ${lost.position}`);
    database.close();
    const refusal = expect.objectContaining({ code: 'log-damaged', position: lost.position });
    expect(() => sqliteChannel({ file })).toThrow(refusal);
  });

  it('drops message ids that are out of the window from the file', async () => {
    let time = 1_000_000;
    const { channel, file } = open({ duplicateWindowMs: 100, now: () => time });
    for (const n of range(5)) await append(channel, 'cart.cart.a', n);
    time += 100;
    await append(channel, 'cart.cart.a', 'later');
    const reader = new DatabaseSync(file, { readOnly: true });
    expect(reader.prepare('SELECT count(*) AS n FROM message_id').get()).toMatchObject({ n: 1 });
    reader.close();
  });

  it('refuses a file that is not a log', () => {
    const file = newFile();
    writeFileSync(file, 'this is no database, but it is long enough to be taken for one'.repeat(50));
    expect(() => sqliteChannel({ file })).toThrow(expect.objectContaining({ code: 'log-damaged', position: 1 }));
  });

  it('refuses a log of a later layout and lets go of it', () => {
    const file = newFile();
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 99');
    for (const _ of range(2)) {
      expect(() => sqliteChannel({ file })).toThrow(expect.objectContaining({ code: 'log-unavailable' }));
    }
    database.close();
  });

  it('takes a log that was written before rows had checksums, and gives each its own', async () => {
    const { channel, file } = open();
    await append(channel, 'cart.cart.a', 'before');
    await channel.consume({ stream: 'cart', durable: 'test' }, (delivery) => delivery.ack()).close();
    await channel.close();
    const database = new DatabaseSync(file);
    for (const table of ['event', 'message_id', 'durable', 'lagging_subject', 'dead_letter']) {
      database.exec(`ALTER TABLE ${table} DROP COLUMN checksum`);
    }
    database.exec('PRAGMA user_version = 1');
    database.close();
    const next = sqliteChannel({ file });
    opened.push(next);
    await append(next, 'cart.cart.a', 'after');
    expect(dataOf(await collect(next.read('cart.>')))).toEqual(['before', 'after']);
    expect(verifySqliteLog(file)).toEqual({ events: 2, streams: { cart: 2 } });
  });

  it('makes the folder of its file', async () => {
    const file = join(folder, 'deep', 'er', 'log.db');
    await sqliteChannel({ file }).close();
  });

  it('finds its place in the log by index in every query, and never sorts', () => {
    const log = openLogFile(newFile(), 0);
    const statements = prepareStatements(log.database);
    for (const name of ['revision', 'lastPosition', 'pageOfSubject', 'pageOfStream', 'messageId'] as const) {
      const sql = statements[name].sourceSQL;
      const parameters = [...sql].filter((character) => character === '?').map(() => 1);
      const plan = log.database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...parameters);
      const details = plan.map(({ detail }) => String(detail)).join('\n');
      expect(details).toMatch(/^SEARCH/);
      expect(details).not.toMatch(/SCAN|TEMP B-TREE/);
    }
    log.close();
  });
});

function open(options: { busyTimeoutMs?: number; duplicateWindowMs?: number; now?: () => number } = {}) {
  const file = newFile();
  const channel = sqliteChannel({ file, ...options });
  opened.push(channel);
  return { channel, file };
}

function newFile(): string {
  return join(folder, `${++count}.db`);
}

/** Pages written to the write-ahead log so far: each transaction writes every page it touches once more. */
function framesIn(file: string): number {
  const reader = new DatabaseSync(file);
  const row = reader.prepare('PRAGMA wal_checkpoint(NOOP)').get();
  reader.close();
  return Number(row?.log);
}
