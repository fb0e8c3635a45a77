import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { given, testLog } from '@souk/service-kit/testing';
import { openLogCopy, type LogCopy, type LogCopyOptions } from './log-copy.ts';

let dir: string;
let file: string;
let channel: EventChannel;
const opened: { close(): Promise<void> }[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'souk-copy-'));
  file = join(dir, 'copy.db');
  channel = memoryChannel();
});
afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) await each.close();
  await channel.close();
  rmSync(dir, { recursive: true, force: true });
});

const event = (n: number) => ({ type: 'a.happened.v1', data: { n } });
const append = (stream: string, ...numbers: number[]) => given(channel, `${stream}.thing.x`, numbers.map(event));

async function open(more: Partial<LogCopyOptions> = {}): Promise<LogCopy> {
  const copy = openLogCopy({ channel, file, streams: ['a', 'b'], log: testLog, retryMs: 5, ...more });
  opened.push(copy);
  await copy.caughtUp;
  return copy;
}

/** Numbers of the events in it, in its order. */
function numbers(stream?: string): number[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const rows = database.prepare('SELECT stream, event FROM event ORDER BY position').all();
    const wanted = rows.filter((row) => stream === undefined || row['stream'] === stream);
    return wanted.map((row) => (JSON.parse(String(row['event'])) as { data: { n: number } }).data.n);
  } finally {
    database.close();
  }
}

/** Resolves when the copy has so many events. */
function grown(copy: LogCopy, count: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = new AbortController();
  const look = () => {
    if (numbers().length < count) return;
    stop.abort();
    resolve();
  };
  copy.watch(look, stop.signal);
  look();
  return promise;
}

it('has what was there, and then what comes, each stream in its order', async () => {
  await append('a', 1, 2, 3);
  await append('b', 10, 11);
  const copy = await open();
  expect(numbers().toSorted()).toEqual([1, 10, 11, 2, 3]);
  await Promise.all([append('a', 4), append('b', 12, 13)]);
  await grown(copy, 8);
  expect([numbers('a'), numbers('b')]).toEqual([
    [1, 2, 3, 4],
    [10, 11, 12, 13],
  ]);
});

it('goes on where it was, with nothing lost and nothing twice', async () => {
  await append('a', 1, 2);
  const first = await open();
  await append('a', 3);
  await grown(first, 3);
  await first.close();
  await append('a', 4, 5);
  await append('b', 10);
  await open();
  expect(numbers('a')).toEqual([1, 2, 3, 4, 5]);
  expect(numbers('b')).toEqual([10]);
});

it('copies a stream anew whose log is another one, and leaves the others', async () => {
  await append('a', 1, 2);
  await append('b', 10);
  await (await open()).close();
  const before = channel;
  channel = memoryChannel();
  await append('a', 7);
  await append('b', 10, 11);
  await open();
  await before.close();
  expect([numbers('a'), numbers('b')]).toEqual([[7], [10, 11]]);
});

it('makes a file anew that cannot be read', async () => {
  await append('a', 1);
  writeFileSync(file, 'no database at all');
  appendFileSync(file, Buffer.alloc(8_192, 7));
  await open();
  expect(numbers()).toEqual([1]);
});

it('keeps the last ones when there are more than it may have', async () => {
  await append('a', ...Array.from({ length: 700 }, (_, n) => n));
  const copy = await open({ maxEvents: 100 });
  expect(numbers()).toEqual(Array.from({ length: 100 }, (_, n) => 600 + n));
  await append('a', 700);
  await new Promise<void>((resolve) => copy.watch(resolve, new AbortController().signal));
  expect([numbers().length, numbers().at(-1)]).toEqual([100, 700]);
});

it('tries again when the channel fails, and goes on', async () => {
  await append('a', 1);
  let failures = 3;
  const failing: EventChannel = {
    ...channel,
    lastPosition: async (stream) => {
      if (failures-- > 0) throw new Error('not there');
      return channel.lastPosition(stream);
    },
    tail: (...given) => channel.tail(...given),
    read: (...given) => channel.read(...given),
  };
  const copy = await open({ channel: failing });
  await append('a', 2);
  await grown(copy, 2);
  expect(numbers()).toEqual([1, 2]);
});
