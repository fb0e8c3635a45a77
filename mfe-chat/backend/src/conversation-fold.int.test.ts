import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { openDatabase, openKeyStore } from '@souk/service-kit';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { conversationFold } from './conversation-fold.ts';
import { conversations } from './conversations.ts';
import { knownMessage } from './domain/state.ts';

const channel = memoryChannel();
const db = openDatabase({ file: ':memory:', migrations: [] });
const folder = mkdtempSync(join(tmpdir(), 'souk-fold-'));
const keys = openKeyStore({ file: join(folder, 'keys.db') });
afterAll(async () => {
  await channel.close();
  keys.close();
  db.close();
  rmSync(folder, { recursive: true });
});

const conversationId = 'c_1';
const subject = `chat.conversation.${conversationId}`;

test('a long conversation is read from a snapshot, says the same, and holds nothing in the clear or after an erasure', async () => {
  let ids = 0;
  const writing = conversations({
    channel,
    db,
    keys,
    clock: () => new Date(),
    newId: (prefix) => `${prefix}_${++ids}`,
  });
  const post = (n: number) => ({
    ...({
      kind: 'post',
      conversationId,
      from: n % 3 === 0 ? 'staff' : 'shopper',
      speakerId: 's_anna',
      about: null,
    } as const),
    ...{ text: `secret ${n}`, clientMsgId: `k${n}`, messageId: `m${n}` },
  });
  for (let n = 1; n <= 260; n++) await writing.handle(post(n));
  const fold = conversationFold(channel, db, keys);
  const first = await fold.read(subject);
  const kept = db.get<{ position: number; state: string }>('SELECT position, state FROM souk_snapshot');
  expect(kept?.position).toBe(first.revision);
  expect(kept?.state).not.toContain('secret');
  expect(await fold.read(subject)).toEqual(first);
  expect(knownMessage(first.state, { from: 'shopper', clientMsgId: 'k2' })?.text).toBe('secret 2');

  keys.shred('s_anna', 1);
  const erased = (await fold.read(subject)).state;
  expect(erased.recent.every(({ text }) => text === undefined)).toBe(true);
  expect(erased.lastSeq).toBe(260);
});

test('a command that is on its way while its person is erased keeps nothing of what was said before', async () => {
  const [appending, goOn] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let slow = false;
  const gated: EventChannel = {
    ...channel,
    async append(...given) {
      if (slow) appending.resolve();
      if (slow) await goOn.promise;
      return channel.append(...given);
    },
  };
  const writing = conversations({
    channel: gated,
    db,
    keys,
    clock: () => new Date(),
    newId: () => crypto.randomUUID(),
  });
  const place = { conversationId: 'c_2', speakerId: 's_badr', from: 'shopper', about: null } as const;
  const post = (text: string) =>
    writing.handle({ ...place, kind: 'post', text, clientMsgId: text, messageId: `m-${text}` });
  await post('before');
  slow = true;
  const onItsWay = post('meanwhile');
  await appending.promise;
  keys.shred('s_badr', 2);
  const forgotten = writing.forget('c_2');
  goOn.resolve();
  await Promise.all([onItsWay, forgotten]);
  slow = false;
  const { state } = await post('after');
  expect(state.recent.map(({ text }) => text)).not.toContain('before');
  expect(state.recent).toHaveLength(3);
});

test('what is forgotten leaves no snapshot', async () => {
  const fold = conversationFold(channel, db, keys);
  await fold.forget(subject);
  expect(db.get('SELECT 1 FROM souk_snapshot')).toBeUndefined();
});
