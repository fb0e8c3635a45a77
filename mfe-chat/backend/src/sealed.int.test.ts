import type { Inbox, MessagePage } from '@souk/chat-api';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { given, serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createChatBackend } from './chat-backend.ts';
import { conversationIdOf } from './conversation-id.ts';

const shopper = { shopperId: 's_amina', roles: ['shopper'] as const };
const staff = { shopperId: 's_staff', roles: ['shopper', 'staff'] as const };
const conversationId = conversationIdOf(shopper.shopperId);

async function open(dir: string) {
  const channel = await sqliteChannel({ file: join(dir, 'events.db') });
  const start = async () => {
    const backend = await createChatBackend({ channel, dataDir: dir, log: testLog, sessionSecret: TEST_SECRET });
    await backend.ready();
    return { backend, server: await serve(backend, TEST_SECRET, shopper) };
  };
  return { channel, start };
}

it('What is said is in no file in the clear, by the shopper or by the desk, and both sides read it.', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-chat-'));
  const { channel, start } = await open(dir);
  const { backend, server } = await start();
  const say = (text: string, as: typeof shopper | typeof staff, more = {}) =>
    server.fetch('/api/chat/messages', {
      method: 'POST',
      as,
      json: { clientMsgId: `m-${as.shopperId}`, text, ...more },
    });
  await say('I live at Kasbah 12, and my name is Zaynab.', shopper);
  await say('Dear Zaynab, it is on its way.', staff, { conversationId });
  const { messages } = (await (
    await server.fetch(`/api/chat/conversations/${conversationId}/messages`)
  ).json()) as MessagePage;
  expect(messages.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['I live at Kasbah 12, and my name is Zaynab.', 'Dear Zaynab, it is on its way.']),
  );
  const inbox = (await (await server.fetch('/api/chat/conversations', { as: staff })).json()) as Inbox;
  expect(inbox.conversations[0]?.last.text).toBe('Dear Zaynab, it is on its way.');
  await server.close();
  await backend.close();
  await channel.close();

  const files = (await readdir(dir)).filter((name) => name.includes('.db'));
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const name of files) expect(await readFile(join(dir, name), 'latin1')).not.toMatch(/Zaynab|Kasbah/);
  await rm(dir, { recursive: true });
});

it('Messages from before there were seals are read as they were, and sealed in the read models.', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-chat-'));
  const { channel, start } = await open(dir);
  const message = { conversationId, messageId: 'm_1', clientMsgId: 'one', seq: 1, from: 'shopper', author: 'Shopper' };
  await given(channel, subjects.conversation(conversationId), [
    { type: 'chat.conversation-started.v1', data: { conversationId, shopperId: shopper.shopperId, about: null } },
    { type: 'chat.message-posted.v1', data: { ...message, text: 'I live at Kasbah 12.' } },
  ]);
  const { backend, server } = await start();
  const own = `/api/chat/conversations/${conversationId}/messages`;
  const { messages } = (await (await server.fetch(own)).json()) as MessagePage;
  expect(messages[0]).toMatchObject({ seq: 1, from: 'shopper', text: 'I live at Kasbah 12.' });
  const json = { clientMsgId: 'one', text: 'I live at Kasbah 12.' };
  const again = await server.fetch('/api/chat/messages', { method: 'POST', json });
  expect(again.status).toBe(200);
  await server.close();
  await backend.close();
  await channel.close();
  const files = (await readdir(dir)).filter((name) => name.startsWith('chat.db'));
  for (const name of files) expect(await readFile(join(dir, name), 'latin1')).not.toContain('Kasbah');
  await rm(dir, { recursive: true });
});
