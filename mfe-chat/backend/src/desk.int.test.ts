import type { DeskDone, DeskSide, Inbox, MessagePage, Staff } from '@souk/chat-api';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { given, serve, TEST_SECRET, testLog, type TestSession } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createChatBackend, type ChatBackendOptions } from './chat-backend.ts';
import { conversationIdOf } from './conversation-id.ts';

const amina: TestSession = { shopperId: 's_amina', roles: ['shopper'] };
const badr: TestSession = { shopperId: 's_badr', roles: ['shopper'] };
const member = (name: string): TestSession => ({
  shopperId: `s_${name}`,
  roles: ['shopper', 'staff'],
  member: { staffId: `st_${name.toLowerCase()}`, name },
});
const [zaynab, karim] = [member('Zaynab'), member('Karim')];
const own = conversationIdOf('s_amina');

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open(options: Partial<ChatBackendOptions> = {}) {
  const dataDir = await mkdtemp(join(tmpdir(), 'souk-desk-'));
  closing.push(() => rm(dataDir, { recursive: true }));
  const channel: EventChannel = options.channel ?? memoryChannel();
  if (!options.channel) closing.push(() => channel.close());
  const shared = { dataDir, log: testLog, sessionSecret: TEST_SECRET };
  const backend = await createChatBackend({ ...shared, ...options, channel });
  closing.push(() => backend.close());
  const server = await serve(backend, TEST_SECRET, amina);
  closing.push(() => server.close());
  await backend.ready();
  let ids = 0;
  const post = (text: string, as: TestSession = amina, more = {}) =>
    server.fetch('/api/chat/messages', { method: 'POST', as, json: { clientMsgId: `id-${++ids}`, text, ...more } });
  const get = async <Answer>(path: string, as: TestSession = zaynab) =>
    (await (await server.fetch(`/api/chat/${path}`, { as })).json()) as Answer;
  const act = (path: string, as: TestSession, json?: unknown) =>
    server.fetch(`/api/chat/conversations/${own}/${path}`, { method: 'POST', as, ...(json ? { json } : {}) });
  return { channel, server, dataDir, backend, post, get, act };
}

/** What the staff's browsers were told of the desk so far, once `last` has come. */
async function toldToStaff(channel: EventChannel, last: string): Promise<string[]> {
  const told: string[] = [];
  const done = new AbortController();
  for await (const { event } of channel.tail('push.staff', 1, done.signal)) {
    const { type, detail } = event.data as { type: string; detail: { change: string } };
    if (type === 'chat:desk-changed') told.push(detail.change);
    if (detail.change === last) break;
  }
  done.abort();
  return told;
}

describe('Who has a conversation', () => {
  it('is one of two who claim it at once, and the other is told who.', async () => {
    const { post, act } = await open();
    await post('Hello');
    const answers = await Promise.all([act('claim', zaynab), act('claim', karim)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const [won, lost] = (await Promise.all(
      answers.toSorted((a, b) => a.status - b.status).map((one) => one.json()),
    )) as [DeskDone, unknown];
    const detail = `${won.assignee?.name} has this conversation.`;
    expect(lost).toMatchObject({ code: 'claimed-by-other', detail, assignee: won.assignee });
  });

  it('is whoever answers first, and it may be handed on with a word, or given back.', async () => {
    const { post, act, get } = await open();
    await post('Is it wool?');
    await get('staff', karim);
    await post('All of it.', zaynab, { conversationId: own });
    const mine = await get<Inbox>('conversations?state=mine');
    expect(mine.conversations[0]?.assignee).toEqual({ staffId: 'st_zaynab', name: 'Zaynab' });
    expect(mine.counts).toEqual({ open: 1, unread: 1, unassigned: 0, mine: 1, closed: 0 });
    expect((await act('claim', zaynab)).status, 'claiming again is fine').toBe(200);

    const taken = await act('transfer', karim, { from: null, to: 'st_karim' });
    expect(taken.status, 'Karim did not know that Zaynab has it').toBe(409);
    expect(await taken.json()).toMatchObject({ detail: 'Zaynab has this conversation.' });
    const handed = await act('transfer', zaynab, { from: 'st_zaynab', to: 'st_karim', why: 'He knows about wool.' });
    expect(await handed.json()).toMatchObject({ assignee: { name: 'Karim' } });
    expect((await get<Inbox>('conversations?state=mine', karim)).conversations).toHaveLength(1);
    expect((await act('transfer', karim, { from: 'st_karim', to: 'st_nobody' })).status).toBe(400);
    await act('transfer', karim, { from: 'st_karim', to: null });
    expect((await get<Inbox>('conversations?state=unassigned')).conversations).toHaveLength(1);
    const { entries } = await get<DeskSide>(`conversations/${own}/desk`);
    expect(entries).toMatchObject([
      { kind: 'claimed', afterSeq: 2, by: { name: 'Zaynab' } },
      { kind: 'transferred', by: { name: 'Zaynab' }, to: { name: 'Karim' }, text: 'He knows about wool.' },
      { kind: 'transferred', by: { name: 'Karim' }, to: null },
    ]);
  });

  it('shows to the staff who has written, and never to the shopper.', async () => {
    const { post, get } = await open();
    await post('Is it wool?');
    await post('All of it.', zaynab, { conversationId: own });
    const path = `conversations/${own}/messages`;
    expect((await get<MessagePage>(path, karim)).messages.at(-1)?.by?.name).toBe('Zaynab');
    expect(JSON.stringify(await get(path, amina))).not.toMatch(/Zaynab|st_/);
  });

  it('is done when it is closed, until the shopper writes again.', async () => {
    const { post, act, get, channel } = await open();
    await post('Thank you!');
    expect(await (await act('close', karim)).json()).toMatchObject({ closed: true });
    let inbox = await get<Inbox>('conversations');
    expect(inbox).toMatchObject({ conversations: [], waiting: 0, counts: { open: 0, unread: 0, closed: 1 } });
    expect((await get<Inbox>('conversations?state=closed')).conversations).toMatchObject([{ closed: true, unread: 0 }]);
    await act('reopen', karim);
    await act('close', karim);
    await post('One more thing');
    inbox = await get<Inbox>('conversations');
    expect(inbox).toMatchObject({ waiting: 1, counts: { open: 1, unread: 1, closed: 0 } });
    const { entries } = await get<DeskSide>(`conversations/${own}/desk`);
    expect(entries.map(({ kind, by }) => [kind, by?.name])).toEqual([
      ['closed', 'Karim'],
      ['reopened', 'Karim'],
      ['closed', 'Karim'],
      ['reopened', undefined],
    ]);
    await act('notes', karim, { clientMsgId: 'n', text: 'She came back.' });
    const told = (await toldToStaff(channel, 'noted')).filter((change) => change !== 'staff');
    expect(told).toEqual(['closed', 'reopened', 'closed', 'reopened', 'noted']);
  });
});

describe('A private note', () => {
  it('is read by the staff, reaches no shopper by any way, is sealed in every file, and goes with the shopper.', async () => {
    const { post, act, get, server, channel, dataDir } = await open();
    await get('staff');
    await post('Hello');
    const json = { clientMsgId: 'note-1', text: 'Kasbah: she is <b>always</b> kind.' };
    expect((await act('notes', zaynab, json)).status).toBe(200);
    expect((await act('notes', zaynab, json)).status, 'again is the same note').toBe(200);
    const desk = await get<DeskSide>(`conversations/${own}/desk`);
    expect(desk.entries).toMatchObject([{ kind: 'note', by: { name: 'Zaynab' }, text: json.text, afterSeq: 1 }]);

    for (const path of ['desk', 'shopper', 'transcript', 'messages']) {
      const answer = await server.fetch(`/api/chat/conversations/${own}/${path}`, { as: amina });
      expect(answer.status, path).toBe(path === 'messages' ? 200 : 403);
      expect(await answer.text(), path).not.toMatch(/Kasbah|Zaynab/);
    }
    expect(await (await server.fetch('/api/chat/conversation', { as: amina })).text()).not.toMatch(/Kasbah|Zaynab/);
    const transcript = await server.fetch(`/api/chat/conversations/${own}/transcript`, { as: zaynab });
    expect(transcript.headers.get('content-disposition')).toMatch(
      /^attachment; filename="conversation-[\w-]{4}\.txt"$/,
    );
    expect(await transcript.text()).toMatch(/Shopper [\w-]{4}\n {4}Hello\n$/);
    await toldToStaff(channel, 'noted');
    for await (const { subject, event } of channel.read('push.>')) {
      expect(JSON.stringify(event)).not.toContain('Kasbah');
      if (subject !== 'push.staff') expect((event.data as { type: string }).type).not.toBe('chat:desk-changed');
    }
    for (const name of (await readdir(dataDir)).filter((file) => file.includes('.db'))) {
      expect(await readFile(join(dataDir, name), 'latin1'), name).not.toMatch(/Kasbah|Zaynab/);
    }
    for await (const { event } of channel.read('chat.>')) expect(JSON.stringify(event)).not.toMatch(/Kasbah|Zaynab/);

    const erasure = { personId: 's_amina', by: 'staff', reason: 'asked' };
    await given(channel, subjects.person('s_amina'), [{ type: 'shell.person-erasure-requested.v1', data: erasure }]);
    for await (const { event } of channel.tail('chat.person.>', 1)) {
      expect(event.type).toBe('chat.person-erased.v1');
      break;
    }
    expect((await get<DeskSide>(`conversations/${own}/desk`)).entries).toMatchObject([{ kind: 'note', erased: true }]);
  });

  it('of a conversation that is not there, or without words, is refused.', async () => {
    const { post, act, server } = await open();
    const none = { method: 'POST', as: zaynab, json: { clientMsgId: 'a', text: 'x' } };
    expect((await server.fetch('/api/chat/conversations/c_none/notes', none)).status).toBe(404);
    await post('Hello');
    for (const json of [
      {},
      { clientMsgId: 'a' },
      { clientMsgId: 'a', text: ' ' },
      { clientMsgId: 'a', text: '\u0000' },
    ]) {
      expect((await act('notes', zaynab, json)).status, JSON.stringify(json)).toBe(400);
    }
    for (const path of ['claim', 'close', 'reopen']) expect((await act(path, amina)).status, path).toBe(403);
    expect((await act('transfer', amina, { from: null, to: null })).status).toBe(403);
    expect((await act('notes', amina, { clientMsgId: 'a', text: 'x' })).status).toBe(403);
  });
});

describe('The inbox', () => {
  it('pages past a hundred conversations, who waits longest first, each once, while others come in.', async () => {
    let now = Date.parse('2026-11-23T12:00:00Z');
    const { post, get } = await open({ clock: () => new Date((now += 1000)) });
    const shopper = (n: number): TestSession => ({ shopperId: `s_${n}`, roles: ['shopper'] });
    await get('staff');
    for (let n = 0; n < 130; n++) await post(`Message ${n}`, shopper(n));
    for (const n of [3, 50]) await post('Yes', zaynab, { conversationId: conversationIdOf(`s_${n}`) });
    const texts: string[] = [];
    let after = '';
    for (let page = 0; page < 9; page++) {
      const answer = await get<Inbox>(`conversations?limit=40${after && `&after=${after}`}`);
      expect(answer.total).toBe(130 + page);
      texts.push(...answer.conversations.map(({ last }) => last.text));
      if (answer.next === null) break;
      after = answer.next;
      await post(`Late ${page}`, shopper(1000 + page));
    }
    const waiting = Array.from({ length: 130 }, (_, n) => n).filter((n) => n !== 3 && n !== 50);
    expect(texts).toEqual([...waiting.map((n) => `Message ${n}`), 'Late 0', 'Late 1', 'Late 2', 'Yes', 'Yes']);
    for (const cursor of ['x', 'W10', 'WzFd', 'bnVsbA']) {
      const answer = await get<{ code: string }>(`conversations?after=${cursor}`);
      expect(answer.code, cursor).toBe('bad-cursor');
    }
  });

  it('is searched by the order or product somebody ever asked about, and by the shopper’s label, as text.', async () => {
    const { post, get } = await open();
    await post('Where is it?', amina, { about: { kind: 'order', id: 'o_12345678' } });
    await post('And this?', amina, { about: { kind: 'product', id: 'fes-tile' } });
    await post('Hello', badr);
    const found = async (q: string) =>
      (await get<Inbox>(`conversations?q=${encodeURIComponent(q)}`)).conversations.map(
        ({ conversationId }) => conversationId,
      );
    for (const q of ['O_1234', ' fes tile', 'fes-t', `Shopper ${own.slice(2, 6)}`])
      expect(await found(q), q).toEqual([own]);
    for (const q of ['%', '_', 'Where', "'; --"]) if (q !== '_') expect(await found(q), q).toEqual([]);
    expect(await found('shopper')).toHaveLength(2);
  });
});

describe('The staff', () => {
  it('know each other by name, and who is there just now.', async () => {
    let now = Date.parse('2026-11-23T12:00:00Z');
    const { get } = await open({ clock: () => new Date(now), deskAwayAfterMs: 60_000 });
    await get('staff', karim);
    now += 60_000;
    const { me, members } = await get<Staff>('staff');
    expect(me).toEqual({ staffId: 'st_zaynab', name: 'Zaynab' });
    expect(members.map(({ name, present }) => [name, present])).toEqual([
      ['Karim', false],
      ['Zaynab', true],
    ]);
    const renamed = { ...zaynab, member: { staffId: 'st_zaynab', name: 'Zaynab B.' } };
    expect((await get<Staff>('staff', renamed)).members[1]?.name).toBe('Zaynab B.');
  });

  it('keep replies ready: the shop begins with some, and a shortcut stands for one reply.', async () => {
    const { get, server, backend } = await open();
    type Replies = { replies: { replyId: string; shortcut: string; text: string }[] };
    const shortcuts = async () => (await get<Replies>('canned-replies')).replies.map(({ shortcut }) => shortcut);
    const first = await shortcuts();
    expect(first).toContain('hello');
    const save = (replyId: string, json: unknown, as = zaynab) =>
      server.fetch(`/api/chat/canned-replies/${replyId}`, { method: 'PUT', as, json });
    expect((await save('r_1', { shortcut: 'norway', text: 'We ship to {name}’s Norway.' })).status).toBe(200);
    expect(await shortcuts()).toEqual([...first, 'norway'].sort());
    const taken = await save('r_2', { shortcut: 'norway', text: 'Another' }, karim);
    expect([taken.status, ((await taken.json()) as { code: string }).code]).toEqual([409, 'shortcut-taken']);
    for (const json of [
      {},
      { shortcut: 'a b', text: 'x' },
      { shortcut: 'a', text: '' },
      { shortcut: 'a', text: ' ' },
    ]) {
      expect((await save('r_3', json)).status, JSON.stringify(json)).toBe(400);
    }
    expect((await save('r_3', { shortcut: 'mine', text: 'x' }, amina)).status).toBe(403);
    const remove = { method: 'DELETE', as: karim };
    expect((await server.fetch('/api/chat/canned-replies/r_1', remove)).status).toBe(200);
    expect(await shortcuts()).toEqual(first);
    await Promise.all(first.map((_, n) => save(`r_many_${n}`, { shortcut: `many-${n}`, text: 'x' })));
    expect(await shortcuts()).toHaveLength(first.length * 2);
    await backend.close();
  });

  it('see the shopper’s cart and orders as the cart’s backend tells them, and are told when it does not.', async () => {
    const { post, get, channel } = await open();
    await post('Hello');
    const path = `conversations/${own}/shopper`;
    expect(await get(path)).toEqual({ answered: false });
    const told = {
      name: 'Amina Haddad',
      cart: { lines: [], totalCents: 0, currency: 'EUR' },
      orders: [],
      more: 0,
    };
    const asked: unknown[] = [];
    const responder = channel.respond('souk-ask.cart.shopper-overview', 'cart', async ({ data }) => {
      asked.push(data);
      return { data: told };
    });
    closing.push(() => responder.close());
    expect(await get(path)).toEqual({ answered: true, ...told });
    expect(asked).toEqual([{ shopperId: 's_amina' }]);
  });
});
