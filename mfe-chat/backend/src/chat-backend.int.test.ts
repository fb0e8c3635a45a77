import type { Conversation, Inbox, MessagePage, Posted } from '@souk/chat-api';
import type { Recorded } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createChatBackend, type ChatBackendOptions } from './chat-backend.ts';
import { conversationIdOf } from './conversation-id.ts';
import { automaticAnswer } from './domain/automatic-answer.ts';

const shopper = { shopperId: 's_amina', roles: ['shopper'] as const };
const other = { shopperId: 's_badr', roles: ['shopper'] as const };
const staff = { shopperId: 's_staff', roles: ['shopper', 'staff'] as const };
const ownId = conversationIdOf(shopper.shopperId);

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

  let ids = 0;
  const post = (
    text: string,
    who: { shopperId: string; roles: readonly ('shopper' | 'staff')[] } = shopper,
    more = {},
  ) =>
    server.fetch('/api/chat/messages', {
      method: 'POST',
      as: who,
      json: { clientMsgId: `id-${++ids}`, text, ...more },
    });
  const page = async (query = '', who = shopper as { shopperId: string; roles: readonly ('shopper' | 'staff')[] }) =>
    (await (
      await server.fetch(`/api/chat/conversations/${ownId}/messages${query}`, { as: who })
    ).json()) as MessagePage;
  const own = async () =>
    ((await (await server.fetch('/api/chat/conversation')).json()) as { conversation: Conversation | null })
      .conversation;
  const inbox = async (query = '') =>
    (await (await server.fetch(`/api/chat/conversations${query}`, { as: staff })).json()) as Inbox;
  return { channel, server, backend, post, page, own, inbox };
}

/** The first `count` events about messages that match, as they come. */
async function pushed(channel: ReturnType<typeof memoryChannel>, filter: string, count: number): Promise<Recorded[]> {
  const found: Recorded[] = [];
  const done = new AbortController();
  for await (const recorded of channel.tail(filter, 1, done.signal)) {
    if ((recorded.event.data as { type: string }).type !== 'chat:desk-changed') found.push(recorded);
    if (found.length === count) break;
  }
  done.abort();
  return found;
}

describe('The chat, over HTTP,', () => {
  it('keeps one conversation per shopper and gives its messages in order, as typed.', async () => {
    const { post, page, own, server } = await open();
    expect(await own()).toBeNull();
    await server.fetch('/api/chat/conversations', { as: staff });
    const answer = await post('  Is it <b>glazed</b>?\n ', shopper, { about: { kind: 'product', id: 'fes-tile' } });
    expect(answer.status).toBe(201);
    const posted = (await answer.json()) as Posted;
    expect(posted).toMatchObject({ conversationId: ownId, seq: 1 });
    expect(answer.headers.get('souk-position')).toBe(String(posted.position));
    await post('And in blue?');
    expect((await page()).messages).toMatchObject([
      { seq: 1, from: 'shopper', text: 'Is it <b>glazed</b>?', about: { kind: 'product', id: 'fes-tile' } },
      { seq: 2, from: 'shopper', text: 'And in blue?', about: null },
    ]);
    expect(await own()).toMatchObject({ conversationId: ownId, lastSeq: 2, unread: 0, about: { id: 'fes-tile' } });
  });

  it('takes the same message sent 50 times at once as one message in one conversation.', async () => {
    const { post, page, server } = await open();
    await server.fetch('/api/chat/conversations', { as: staff });
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => post('Hello', shopper, { clientMsgId: 'only-one' })),
    );
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect(answers.every(({ ok }) => ok)).toBe(true);
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as Posted[];
    expect(new Set(bodies.map(({ messageId }) => messageId)).size).toBe(1);
    expect((await page()).messages).toHaveLength(1);
  });

  it('counts without gaps when 30 different messages come at once.', async () => {
    const { post, page, server } = await open();
    await server.fetch('/api/chat/conversations', { as: staff });
    await Promise.all(Array.from({ length: 30 }, (_, n) => post(`Message ${n}`)));
    const { messages } = await page('?limit=100');
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 30 }, (_, n) => n + 1));
  });

  it('pages backwards and forwards by seq.', async () => {
    const { post, page, server } = await open();
    await server.fetch('/api/chat/conversations', { as: staff });
    for (let n = 1; n <= 7; n++) await post(`Message ${n}`);
    const seqs = async (query: string) => {
      const { messages, hasOlder, hasNewer } = await page(query);
      return [messages.map(({ seq }) => seq), hasOlder, hasNewer];
    };
    expect(await seqs('?limit=3')).toEqual([[5, 6, 7], true, false]);
    expect(await seqs('?limit=3&before=5')).toEqual([[2, 3, 4], true, true]);
    expect(await seqs('?limit=3&before=2')).toEqual([[1], false, true]);
    expect(await seqs('?limit=3&after=1')).toEqual([[2, 3, 4], true, true]);
    expect(await seqs('?after=7')).toEqual([[], true, false]);
    expect(await seqs('?after=2&before=5')).toEqual([[3, 4], true, true]);
  });

  it('shows a shopper nothing of anybody else, and not even that it is there.', async () => {
    const { post, server } = await open();
    await post('Hello');
    const unknown = await server.fetch('/api/chat/conversations/c_none/messages', { as: other });
    const foreign = await server.fetch(`/api/chat/conversations/${ownId}/messages`, { as: other });
    expect([foreign.status, unknown.status]).toEqual([404, 404]);
    const without = async (answer: Response) => ({ ...((await answer.json()) as object), instance: '' });
    expect(await without(foreign)).toEqual(await without(unknown));
    expect((await post('Let me in', other, { conversationId: ownId })).status).toBe(404);
    const read = { method: 'POST', as: other, json: { upTo: 1 } };
    expect((await server.fetch(`/api/chat/conversations/${ownId}/read`, read)).status).toBe(404);
    const asStaff = { method: 'POST', json: { upTo: 1, by: 'staff' } };
    expect((await server.fetch(`/api/chat/conversations/${ownId}/read`, asStaff)).status).toBe(404);
    expect((await server.fetch('/api/chat/conversations', { as: other })).status).toBe(403);
    expect((await server.fetch('/api/chat/conversation', { as: null })).status).toBe(401);
  });

  it('lets the desk see who waits, answer, and be done.', async () => {
    const { post, inbox, own, page, server } = await open();
    const counts = { open: 0, unread: 0, unassigned: 0, mine: 0, closed: 0 };
    expect(await inbox()).toEqual({ conversations: [], next: null, waiting: 0, total: 0, counts });
    await post('Is it glazed?', shopper, { about: { kind: 'product', id: 'fes-tile' } });
    await post('Hello', other);
    const waiting = await inbox('?state=waiting');
    expect(waiting).toMatchObject({ waiting: 2, total: 2 });
    expect(waiting.conversations[0]).toMatchObject({
      conversationId: ownId,
      unread: 1,
      about: { id: 'fes-tile' },
      last: { text: 'Is it glazed?', from: 'shopper' },
    });
    await server.fetch(`/api/chat/conversations/${ownId}/read`, { method: 'POST', as: staff, json: { upTo: 1 } });
    expect((await post('Yes, twice.', staff, { conversationId: ownId })).status).toBe(201);
    expect((await inbox('?state=waiting')).conversations).toHaveLength(1);
    const [, answered] = (await inbox()).conversations;
    expect(answered).toMatchObject({ conversationId: ownId, unread: 0, waitingSince: null, last: { from: 'staff' } });
    expect((await page()).messages.map(({ from }) => from)).toEqual(['shopper', 'staff']);
    expect(await own()).toMatchObject({ unread: 1, readByStaff: 1 });
    const read = await server.fetch(`/api/chat/conversations/${ownId}/read`, { method: 'POST', json: { upTo: 99 } });
    expect(await read.json()).toMatchObject({ upTo: 2, unread: 0 });
    expect(await own()).toMatchObject({ unread: 0, readByShopper: 2 });
  });

  it('keeps apart what staff do at the desk and in a conversation of their own.', async () => {
    const { post, server } = await open();
    const mine = conversationIdOf(staff.shopperId);
    await post('I shop here too', staff);
    await post('And answer myself', staff, { conversationId: mine });
    const read = { method: 'POST', as: staff, json: { upTo: 9, by: 'shopper' } };
    await server.fetch(`/api/chat/conversations/${mine}/read`, read);
    const answer = await server.fetch('/api/chat/conversation', { as: staff });
    expect(await answer.json()).toMatchObject({ conversation: { readByShopper: 2, readByStaff: 0, unread: 0 } });
    expect((await post('Nobody is there', staff, { conversationId: 'c_none' })).status).toBe(404);
  });

  it('answers a broken request with a problem document and never with a 500.', async () => {
    const { server, post } = await open();
    await post('Hello');
    const send = (json: unknown) => server.fetch('/api/chat/messages', { method: 'POST', json });
    const text = 'Hello';
    for (const body of [
      {},
      [],
      null,
      'text',
      { text },
      { clientMsgId: 'a' },
      { clientMsgId: '', text },
      { clientMsgId: 7, text },
      { clientMsgId: 'a b', text },
      { clientMsgId: 'x'.repeat(101), text },
      { clientMsgId: 'a', text: '' },
      { clientMsgId: 'a', text: ' \n ' },
      { clientMsgId: 'a', text: 'a\u0000b' },
      { clientMsgId: 'a', text: '\ud800' },
      { clientMsgId: 'a', text: 'x'.repeat(4001) },
      { clientMsgId: 'a', text, about: { kind: 'person', id: '1' } },
      { clientMsgId: 'a', text, about: { kind: 'product', id: '../x' } },
      { clientMsgId: 'a', text, about: { kind: 'product', id: '' } },
      { clientMsgId: 'a', text, more: true },
    ]) {
      const answer = await send(body);
      const mediaType = answer.headers.get('content-type')?.split(';')[0];
      expect([answer.status, mediaType], JSON.stringify(body)).toEqual([400, 'application/problem+json']);
    }
    expect((await send({ clientMsgId: 'a', text: 'x'.repeat(100_000) })).status).toBe(413);
    expect((await send({ clientMsgId: 'id-1', text: 'Another text' })).status).toBe(409);
    for (const query of ['limit=0', 'limit=101', 'limit=x', 'after=-1', 'before=abc', 'more=1']) {
      const answer = await server.fetch(`/api/chat/conversations/${ownId}/messages?${query}`);
      expect([query, answer.status]).toEqual([query, 400]);
    }
    for (const upTo of [-1, 1.5, '2', 1e99, null]) {
      const read = { method: 'POST', json: { upTo } };
      expect((await server.fetch(`/api/chat/conversations/${ownId}/read`, read)).status).toBe(400);
    }
    expect((await server.fetch('/api/chat/nothing')).status).toBe(404);
  });

  it('slows down a session that floods, and only that one.', async () => {
    let now = new Date('2026-11-23T12:00:00Z');
    const { post } = await open({ postLimit: { burst: 3, perMinute: 6 }, clock: () => now });
    for (let n = 0; n < 3; n++) expect((await post(`Message ${n}`)).status).toBe(201);
    const refused = await post('One too many');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect((await post('Hello', other)).status).toBe(201);
    now = new Date(now.getTime() + 10_000);
    expect((await post('Patience')).status).toBe(201);
  });
});

describe('When nobody is at the desk', () => {
  const received = (channel: ReturnType<typeof memoryChannel>, count: number) =>
    pushed(channel, 'push.staff', count).then((events) =>
      events.map(({ event }) => (event.data as { detail: { from: string } }).detail.from),
    );

  it('upkeep by the staff does not count as somebody at the desk.', async () => {
    const { server, post, channel } = await open();
    await server.fetch('/api/chat/projections', { as: staff });
    await post('Hello?');
    expect(await received(channel, 2)).toEqual(['shopper', 'shop']);
  });

  it('the shop says so once, and the shopper still counts as waiting.', async () => {
    const { post, channel, page, inbox } = await open();
    await post('Is anybody there?');
    expect(await received(channel, 2)).toEqual(['shopper', 'shop']);
    await post('Hello?');
    expect(await received(channel, 3)).toEqual(['shopper', 'shop', 'shopper']);
    const { messages, conversation } = await page();
    expect(messages.map(({ from }) => from)).toEqual(['shopper', 'shop', 'shopper']);
    expect(messages[1]?.text).toBe(automaticAnswer);
    expect(conversation.unread).toBe(1);
    const [entry] = (await inbox()).conversations;
    expect(entry?.waitingSince).toBe(messages[0]?.at);
    expect(entry?.last, 'the desk sees the question').toMatchObject({ from: 'shopper', text: 'Hello?' });
  });

  it('and not while somebody was active within the last minutes.', async () => {
    let now = new Date('2026-11-23T12:00:00Z');
    const { post, inbox, channel, page } = await open({ clock: () => now, deskAwayAfterMs: 60_000 });
    await inbox();
    now = new Date(now.getTime() + 59_000);
    await post('One');
    await received(channel, 1);
    now = new Date(now.getTime() + 1000);
    await post('Two');
    await received(channel, 3);
    expect((await page()).messages.map(({ from }) => from)).toEqual(['shopper', 'shopper', 'shop']);
  });
});

describe('A question after an order, when nobody is at the desk,', () => {
  const subject = 'souk-ask.cart.order-status';
  const about = { kind: 'order', id: 'o_1234567890' };
  const answers = async (
    channel: ReturnType<typeof memoryChannel>,
    page: () => Promise<MessagePage>,
    count: number,
  ) => {
    await pushed(channel, 'push.staff', count);
    return (await page()).messages.filter(({ from }) => from === 'shop').map(({ text }) => text);
  };

  it('is answered from the order itself, each time it is asked.', async () => {
    const { post, channel, page } = await open();
    const asked: unknown[] = [];
    const responder = channel.respond(subject, 'cart', async ({ data }) => {
      asked.push(data);
      const timeline = [{ status: 'placed', at: '2026-11-23T15:40:00.000Z' }];
      return { data: { known: true, status: 'placed', waitsFor: 'payment', timeline } };
    });
    closing.push(() => responder.close());
    await post('Where is my order?', shopper, { about });
    expect(await answers(channel, page, 2)).toEqual([
      expect.stringMatching(/^Order o_1234567890, 23 November, 15:40 UTC: it is placed, and we wait for the payment/),
    ]);
    await post('And when will it come?');
    expect(await answers(channel, page, 4)).toHaveLength(2);
    await post('Tell me about o_abcdefgh12.');
    expect((await answers(channel, page, 6)).at(-1)).toMatch(/^Order o_abcdefgh12/);
    const { shopperId } = shopper;
    const orderIds = [about.id, about.id, 'o_abcdefgh12'];
    expect(asked).toEqual(orderIds.map((orderId) => ({ orderId, shopperId })));
  });

  it('does not tell an order that is unknown from one of somebody else.', async () => {
    const { post, channel, page } = await open();
    const responder = channel.respond(subject, 'cart', async () => ({ data: { known: false } }));
    closing.push(() => responder.close());
    await post('Where is o_1234567890?');
    expect(await answers(channel, page, 2)).toEqual([expect.stringMatching(/^I find no order o_1234567890 of yours/)]);
  });

  it('is answered honestly when the orders’ backend is away or fails.', async () => {
    const { post, channel, page } = await open();
    await post('Where is o_1234567890?');
    expect(await answers(channel, page, 2)).toEqual([expect.stringMatching(/^I cannot look up order o_1234567890/)]);
    const responder = channel.respond(subject, 'cart', () => Promise.reject(new Error('no idea')));
    closing.push(() => responder.close());
    await post('Really? Where is o_1234567890?');
    expect((await answers(channel, page, 4)).at(-1)).toMatch(/^I cannot look up/);
  });

  it('is only that when it asks where the order is.', async () => {
    const { post, channel, page } = await open();
    await post('Can I change the address?', shopper, { about });
    expect(await answers(channel, page, 2)).toEqual([automaticAnswer]);
  });
});

describe('What browsers are told', () => {
  it('goes to the shopper and the staff, by ids and numbers only, and is true when it arrives.', async () => {
    const { post, channel, inbox, server } = await open();
    await inbox();
    await post('My secret question');
    const answer = (await (await post('Our answer', staff, { conversationId: ownId })).json()) as Posted;
    await pushed(channel, 'push.shopper.s_amina', 3);
    await server.fetch(`/api/chat/conversations/${ownId}/read`, { method: 'POST', json: { upTo: 2 } });
    const events = await pushed(channel, 'push.shopper.s_amina', 5);
    expect(events.map(({ event }) => event.data)).toEqual([
      {
        type: 'chat:message-received',
        detail: { conversationId: ownId, messageId: expect.any(String), seq: 1, from: 'shopper' },
      },
      {
        type: 'chat:message-received',
        detail: { conversationId: ownId, messageId: answer.messageId, seq: 2, from: 'staff' },
      },
      { type: 'chat:unread-changed', detail: { unread: 1 } },
      {
        type: 'chat:receipt-changed',
        detail: { conversationId: ownId, by: 'shopper', deliveredUpTo: 2, readUpTo: 2 },
      },
      { type: 'chat:unread-changed', detail: { unread: 0 } },
    ]);
    expect(events.every(({ event }) => event.type === 'shell.browser-event.v1')).toBe(true);
    const toStaff = await pushed(channel, 'push.staff', 2);
    expect(JSON.stringify([...events, ...toStaff])).not.toMatch(/secret|Our answer/);
  });
});
