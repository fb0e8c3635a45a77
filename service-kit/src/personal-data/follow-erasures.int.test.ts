import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { memoryChannel } from '@souk/event-channel/memory';
import type { EventChannel } from '@souk/event-channel';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../sqlite.ts';
import { given, untilEvent } from '../testing/index.ts';
import { followErasures } from './follow-erasures.ts';
import type { ErasuresOptions } from './follow-erasures.ts';
import { openKeyStore } from './key-store.ts';

let dir: string;
let channel: EventChannel;
let opened: { close(): void | Promise<void> }[];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'souk-erasures-'));
  channel = memoryChannel();
  opened = [];
});
afterEach(async () => {
  for (const one of opened.toReversed()) await one.close();
  await channel.close();
  rmSync(dir, { recursive: true, force: true });
});

const request = (person: string) =>
  given(channel, `desk.person.${person}`, [{ type: 'desk.erase.v1', data: { person } }]);
const answers = (person: string) => untilEvent(channel, `notes.person.${person}`, () => true);

function open({
  keysFile = join(dir, 'keys.db'),
  erase,
}: { keysFile?: string; erase?: ErasuresOptions['erase'] } = {}) {
  const keys = openKeyStore({ file: keysFile });
  const db = openDatabase({ file: join(dir, 'notes.db'), migrations: [] });
  const erasures = followErasures({
    ...{ name: 'notes-erasures', channel, keys, db, source: '/notes' },
    requests: { stream: 'desk', filter: 'desk.person.>', type: 'desk.erase.v1' },
    personOf: ({ data }) => (data as { person: string }).person,
    erase:
      erase ?? (async (person) => ({ subject: `notes.person.${person}`, type: 'notes.erased.v1', data: { person } })),
  });
  const parts = [keys, db, erasures.projection, erasures.reactor];
  opened.push(...parts);
  const close = async () => {
    for (const part of parts.toReversed()) await part.close();
    opened = opened.filter((one) => !parts.includes(one as never));
  };
  return { keys, ...erasures, close };
}

test('who is to be erased is erased, and it is said on the channel, caused by the request', async () => {
  const { keys } = open();
  const [anna, bela] = [keys.seal('s_anna', 1), keys.seal('s_bela', 2)];
  await request('s_anna');
  const [answer] = await answers('s_anna');
  expect(answer?.event).toMatchObject({ type: 'notes.erased.v1', source: '/notes', data: { person: 's_anna' } });
  expect(answer?.event.causationid).toBeDefined();
  expect(keys.open(anna)).toBeUndefined();
  expect(keys.open(bela)).toBe(2);
});

test('what no key protects is erased after the key is gone, and again until it has worked', async () => {
  const seen: unknown[] = [];
  const { keys } = open({
    async erase(person) {
      seen.push(keys.open(sealed));
      if (seen.length === 1) throw new Error('the disk is full');
      return { subject: `notes.person.${person}`, type: 'notes.erased.v1', data: {} };
    },
  });
  const sealed = keys.seal('s_anna', 1);
  await request('s_anna');
  await answers('s_anna');
  expect(seen).toEqual([undefined, undefined]);
});

test('a key store brought back from a backup shreds again before it is ready', async () => {
  const backup = join(dir, 'backup.db');
  const first = open();
  const sealed = first.keys.seal('s_anna', 1);
  copyFileSync(join(dir, 'keys.db'), backup);
  await request('s_anna');
  await answers('s_anna');
  await first.close();

  const second = open({ keysFile: backup });
  expect(second.keys.open(sealed)).toBe(1);
  await second.projection.ready();
  expect(second.keys.open(sealed)).toBeUndefined();
});

test('who comes again after an erasure is not erased by the same request once more', async () => {
  const first = open();
  await request('s_anna');
  await answers('s_anna');
  const again = first.keys.seal('s_anna', 'new');
  await first.close();

  const second = open();
  await second.projection.ready();
  expect(second.keys.open(again)).toBe('new');
});
