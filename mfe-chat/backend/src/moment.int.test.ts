import type { Conversation, MessagePage, Presence } from '@souk/chat-api';
import type { Message } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createChatBackend, type ChatBackendOptions } from './chat-backend.ts';
import { conversationIdOf } from './conversation-id.ts';
import { deskPresence } from './desk-presence.ts';

const shopper = { shopperId: 's_amina', roles: ['shopper'] as const };
const other = { shopperId: 's_badr', roles: ['shopper'] as const };
const staff = { shopperId: 's_staff', roles: ['shopper', 'staff'] as const };
const conversationId = conversationIdOf(shopper.shopperId);

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: Partial<ChatBackendOptions> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-chat-'));
  closing.push(() => rm(dataDir, { recursive: true }));
  const channel = memoryChannel();
  closing.push(() => channel.close());
  const backend = await createChatBackend({ channel, dataDir, log: testLog, sessionSecret: TEST_SECRET, ...options });
  closing.push(() => backend.close());
  const server = await serve(backend, TEST_SECRET, shopper);
  closing.push(() => server.close());
  await backend.ready();
  const heard: [string, unknown][] = [];
  channel.subscribe('push-now.>', ({ data }: Message, subject) => void heard.push([subject, data]));
  const send = (path: string, json: object, as: typeof shopper | typeof staff = shopper) =>
    server.fetch(`/api/chat/${path}`, { method: 'POST', as, json });
  return { channel, server, heard, send };
}

describe('Typing', () => {
  const signal = (who: string, typing: boolean) => ({
    type: 'chat:typing-changed',
    detail: { conversationId, who, typing, untilMs: typing ? 6000 : 0 },
  });

  it('is told to the other side, for a moment, and stands in no log.', async () => {
    const { channel, server, heard, send } = await open();
    await server.fetch('/api/chat/conversations', { as: staff });
    await send('messages', { clientMsgId: 'one', text: 'Hello' });
    const before = await channel.lastPosition('chat');
    expect((await send('typing', { typing: true })).status).toBe(204);
    expect((await send('typing', { typing: true, conversationId }, staff)).status).toBe(204);
    expect((await send('typing', { typing: false })).status).toBe(204);
    const typing = () => heard.filter(([, data]) => (data as { type: string }).type === 'chat:typing-changed');
    await vi.waitUntil(() => typing().length === 4);
    expect(typing()).toEqual([
      ['push-now.staff', signal('shopper', true)],
      ['push-now.staff', signal('staff', true)],
      [`push-now.shopper.${shopper.shopperId}`, signal('staff', true)],
      ['push-now.staff', signal('shopper', false)],
    ]);
    expect(await channel.lastPosition('chat')).toBe(before);
  });

  it('is told to nobody before there is a conversation, nor by who has no part in it.', async () => {
    const { heard, send } = await open();
    expect((await send('typing', { typing: true })).status).toBe(204);
    await send('messages', { clientMsgId: 'one', text: 'Hello' });
    expect((await send('typing', { typing: true, conversationId }, other)).status).toBe(404);
    for (const body of [{}, { typing: 'yes' }, { typing: true, who: 'staff' }])
      expect((await send('typing', body)).status).toBe(400);
    expect(heard).toEqual([]);
  });

  it('is not told faster than a browser says it, but that it is over always is.', async () => {
    const { heard, send } = await open({ clock: () => new Date('2026-11-23T12:00:00Z') });
    await send('messages', { clientMsgId: 'one', text: 'Hello' });
    for (let n = 0; n < 30; n++) expect((await send('typing', { typing: true })).status).toBe(204);
    await send('typing', { typing: false });
    await vi.waitUntil(() =>
      heard.some(([, data]) => (data as { detail: { typing: boolean } }).detail.typing === false),
    );
    expect(heard.length).toBe(21);
  });
});

describe('Presence', () => {
  const ask = async (server: { fetch(path: string): Promise<Response> }) =>
    (await (await server.fetch('/api/chat/presence')).json()) as Presence;

  it('says whether somebody is at the desk, to everybody when it changes, and when the shop opens.', async () => {
    let now = new Date('2026-11-23T05:00:00Z');
    const openingHours = 'Mon-Fri 09:00-18:00 Europe/Berlin';
    const { server, heard } = await open({ clock: () => now, deskAwayAfterMs: 200, openingHours });
    expect(await ask(server)).toEqual({ staffed: false, opensAt: '2026-11-23T08:00:00.000Z' });
    await server.fetch('/api/chat/conversations', { as: staff });
    expect(await ask(server)).toEqual({ staffed: true });
    now = new Date('2026-11-23T09:00:00Z');
    await vi.waitUntil(() => heard.length === 2);
    expect(heard).toEqual([
      ['push-now.everyone', { type: 'chat:presence-changed', detail: { staffed: true } }],
      ['push-now.everyone', { type: 'chat:presence-changed', detail: { staffed: false } }],
    ]);
    expect(await ask(server)).toEqual({ staffed: false });
  });

  it('is the same in another replica.', () => {
    const channel = memoryChannel();
    closing.push(() => channel.close());
    const told: boolean[] = [];
    const clock = () => new Date('2026-11-23T12:00:00Z');
    const [here, there] = [1, 2].map(() =>
      deskPresence({ channel, clock, changed: (present) => void told.push(present) }),
    );
    closing.push(async () => (here!.close(), there!.close()));
    here!.seen();
    return vi.waitUntil(() => there!.present() && told.length === 2);
  });
});

describe('Receipts', () => {
  const receipts = async (channel: ReturnType<typeof memoryChannel>, subject: string, count: number) => {
    const found: unknown[] = [];
    for await (const { event } of channel.tail(subject, 1, new AbortController().signal)) {
      const { type, detail } = event.data as { type: string; detail: unknown };
      if (type === 'chat:receipt-changed') found.push(detail);
      if (found.length === count) return found;
    }
    return found;
  };

  it('tell both sides what was delivered and what was read, each once and never backwards.', async () => {
    const { channel, server, send } = await open();
    await server.fetch('/api/chat/conversations', { as: staff });
    for (const id of ['one', 'two']) await send('messages', { clientMsgId: id, text: id });
    const path = `conversations/${conversationId}`;
    for (const upTo of [1, 2, 1, 2, 99]) {
      expect((await send(`${path}/delivered`, { upTo }, staff)).status).toBe(204);
    }
    await send(`${path}/read`, { upTo: 2 }, staff);
    await send(`${path}/delivered`, { upTo: 2 }, staff);
    const expected = [
      { conversationId, by: 'staff', deliveredUpTo: 1, readUpTo: 0 },
      { conversationId, by: 'staff', deliveredUpTo: 2, readUpTo: 0 },
      { conversationId, by: 'staff', deliveredUpTo: 2, readUpTo: 2 },
    ];
    // The view may know more already, and more is as true.
    const last = (found: unknown[]) => found.at(-1);
    expect(last(await receipts(channel, 'push.staff', 3))).toEqual(expected[2]);
    expect(last(await receipts(channel, `push.shopper.${shopper.shopperId}`, 3))).toEqual(expected[2]);
    const { conversation } = (await (await server.fetch(`/api/chat/${path}/messages`)).json()) as MessagePage;
    expect(conversation).toMatchObject({
      deliveredToStaff: 2,
      readByStaff: 2,
      deliveredToShopper: 0,
    } satisfies Partial<Conversation>);
  });

  it('are given by nobody who has no part in it.', async () => {
    const { send } = await open();
    await send('messages', { clientMsgId: 'one', text: 'Hello' });
    const path = `conversations/${conversationId}/delivered`;
    expect((await send(path, { upTo: 1 }, other)).status).toBe(404);
    expect((await send(path, { upTo: 1, to: 'staff' })).status).toBe(404);
    expect((await send(path, { upTo: -1 })).status).toBe(400);
  });
});
