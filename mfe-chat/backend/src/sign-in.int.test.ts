import type { Conversation, Message, MessagePage } from '@souk/chat-api';
import { memoryChannel } from '@souk/event-channel/memory';
import { given, serve, TEST_SECRET, testLog } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { createChatBackend } from './chat-backend.ts';
import { conversationIdOf } from './conversation-id.ts';

const customerId = 'cu_zaynab';
const customer = { shopperId: customerId, roles: ['shopper'] as const };
const guest = (shopperId: string) => ({ shopperId, roles: ['shopper'] as const });
const staff = { shopperId: 's_staff', roles: ['shopper', 'staff'] as const };
type Who = { readonly shopperId: string; readonly roles: readonly ('shopper' | 'staff')[] };

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function open() {
  const dataDir = mkdtempSync(join(tmpdir(), 'souk-chat-'));
  closing.push(() => rmSync(dataDir, { recursive: true }));
  const channel = memoryChannel();
  closing.push(() => channel.close());
  const backend = await createChatBackend({ channel, dataDir, log: testLog, sessionSecret: TEST_SECRET });
  closing.push(() => backend.close());
  const server = await serve(backend, TEST_SECRET, customer);
  closing.push(() => server.close());
  await backend.ready();
  // Somebody is at the desk, so that the shop does not answer by itself.
  await server.fetch('/api/chat/conversations', { as: staff });

  let ids = 0;
  const get = async <Body>(path: string, as: Who) =>
    (await (await server.fetch(`/api/chat/${path}`, { as })).json()) as Body;
  const own = (as: Who = customer) => get<{ conversation: Conversation | null; ownId: string }>('conversation', as);
  return {
    ...{ channel, server, get, own },
    post: (text: string, as: Who, more = {}) =>
      server.fetch('/api/chat/messages', { method: 'POST', as, json: { clientMsgId: `m-${++ids}`, text, ...more } }),
    async signIn(guestId: string) {
      const data = { customerId, guestId };
      await given(channel, subjects.account(customerId), [{ type: 'account.signed-in.v1', data }]);
      await backend.ready();
    },
    async thread(as: Who = customer, query = '') {
      return get<MessagePage>(`conversations/${(await own(as)).ownId}/messages${query}`, as);
    },
    /** Waits until the customer's pages were told something that holds this. */
    async told(what: object, subject: string = subjects.pushToShopper(customerId)) {
      for await (const { event } of channel.tail(subject, 1)) {
        try {
          expect(event.data).toMatchObject(what);
          return;
        } catch {
          // The next one, perhaps.
        }
      }
    },
  };
}

const said = (messages: readonly Message[]) => messages.map(({ seq, text }) => [seq, text]);

it('A guest who signs in goes on in the same conversation, read as far as it was, and is answered as a customer.', async () => {
  const { post, signIn, thread, own, server, told } = await open();
  const conversationId = conversationIdOf('s_guest');
  await post('Is it glazed?', guest('s_guest'));
  await post('Yes.', staff, { conversationId });
  await post('On both sides.', staff, { conversationId });
  const read = { method: 'POST', as: guest('s_guest'), json: { upTo: 2 } };
  await server.fetch(`/api/chat/conversations/${conversationId}/read`, read);
  await signIn('s_guest');
  await told({ type: 'chat:message-received', detail: { conversationId, seq: 3 } });
  await told({ type: 'chat:unread-changed', detail: { unread: 1 } });
  expect((await own()).conversation).toMatchObject({ conversationId, unread: 1, readByShopper: 2 });

  expect((await post('And in blue?', customer)).status).toBe(201);
  expect((await post('In blue, too.', staff, { conversationId })).status).toBe(201);
  await told({ type: 'chat:message-received', detail: { conversationId, seq: 5, from: 'staff' } });
  expect(said((await thread()).messages)).toEqual([
    [1, 'Is it glazed?'],
    [2, 'Yes.'],
    [3, 'On both sides.'],
    [4, 'And in blue?'],
    [5, 'In blue, too.'],
  ]);
  await server.fetch(`/api/chat/conversations/${conversationId}/read`, { ...read, as: customer, json: { upTo: 5 } });
  await told({ type: 'chat:unread-changed', detail: { unread: 0 } });
  expect((await own()).conversation).toMatchObject({ unread: 0 });
});

it('Whose guest it was sees nothing under the old id any more, and a stranger nothing at all.', async () => {
  const { post, signIn, own, server } = await open();
  await post('Hello', guest('s_guest'));
  await signIn('s_guest');
  const path = `/api/chat/conversations/${conversationIdOf('s_guest')}/messages`;
  for (const as of [guest('s_guest'), guest('s_other')]) {
    expect((await server.fetch(path, { as })).status).toBe(404);
    expect((await own(as)).conversation).toBeNull();
  }
});

it('With several conversations the last begun goes on, and its thread reads on into the earlier ones without a gap.', async () => {
  const { post, signIn, thread, own, server } = await open();
  await post('a1', customer);
  await post('a2', customer);
  await post('b1', guest('s_b'));
  await post('c1', guest('s_c'));
  await post('c2', guest('s_c'));
  await signIn('s_c');
  await signIn('s_b');
  await signIn('s_c');
  expect((await own()).conversation).toMatchObject({ conversationId: conversationIdOf('s_c'), lastSeq: 2 });
  const all = [
    [-2, 'a1'],
    [-1, 'a2'],
    [0, 'b1'],
    [1, 'c1'],
    [2, 'c2'],
  ];
  const whole = await thread();
  expect(said(whole.messages)).toEqual(all);
  expect(whole).toMatchObject({ hasOlder: false, hasNewer: false });
  let before = 3;
  for (const one of all.toReversed()) {
    const page = await thread(customer, `?before=${before}&limit=1`);
    expect(said(page.messages)).toEqual([one]);
    before = page.messages[0]?.seq ?? 0;
    expect(page.hasOlder).toBe(before > -2);
  }
  const late = await post('Here?', staff, { conversationId: conversationIdOf(customerId) });
  expect(late.status).toBe(409);
  expect(await late.json()).toMatchObject({ code: 'conversation-moved' });
  const ofStaff = `/api/chat/conversations/${conversationIdOf('s_c')}/messages`;
  const seen = (await (await server.fetch(ofStaff, { as: staff })).json()) as MessagePage;
  expect(said(seen.messages)).toEqual(all.slice(3));
});

it('A sign-in that is handled again tells nobody twice, and the staff find one person with all of it.', async () => {
  const { post, signIn, channel, server, told } = await open();
  await post('a1', customer);
  await post('b1', guest('s_b'));
  await signIn('s_b');
  await signIn('s_b');
  await post('b2', customer);
  await told({ type: 'chat:message-received', detail: { seq: 2 } });
  const search = { method: 'POST', as: staff, json: { conversationId: conversationIdOf('s_b') } };
  const found = await (await server.fetch('/api/chat/persons/search', search)).json();
  expect(found).toMatchObject({ persons: [{ personId: customerId, messages: 2 }] });
  const ids: unknown[] = [];
  for await (const { event } of channel.read(subjects.pushToShopper(customerId))) ids.push(event.id);
  expect(new Set(ids).size).toBe(ids.length);
});

it('Erasing the guest whom a customer was erases what the customer said in that conversation.', async () => {
  const { post, signIn, channel, thread } = await open();
  await post('Hello', guest('s_guest'));
  await signIn('s_guest');
  await post('My name is Zaynab', customer);
  const request = { type: 'shell.person-erasure-requested.v1', data: { personId: 's_guest', by: 'account' } } as const;
  await given(channel, subjects.person('s_guest'), [request]);
  for await (const { event } of channel.tail(subjects.personOf('chat', 's_guest'), 1))
    if (event.type === 'chat.person-erased.v1') break;
  expect((await thread()).messages).toMatchObject([
    { text: '', erased: true },
    { text: '', erased: true },
  ]);
});
