/** The chat's backend as `msw` handlers over plain memory: for the playground and for component tests. */
import type { InboxEntry, Message, PostMessage } from '@souk/chat-api';
import { http, HttpResponse } from 'msw/http';
import { me, mockDesk, type MockDesk } from './mock-desk.ts';
import type { MockConversation, Push } from './mock-types.ts';

/** The backend, and what a test or the playground may do to it. */
export interface MockBackend {
  readonly handlers: ReturnType<typeof http.get>[];
  readonly conversations: MockConversation[];
  readonly desk: MockDesk;
  /** The shopper's own conversation; the first message begins it. */
  own(): MockConversation | undefined;
  /** Somebody writes, elsewhere. */
  say(from: Message['from'], text: string, more?: Partial<Message> & { conversationId?: string }): Message;
  /** Posts that arrived, in order, repeated ones too. */
  readonly posts: PostMessage[];
  /** The next so many posts are answered like this. */
  fail(times: number, status?: number): void;
}

const ownId = 'c_own';

/** Opens the mocked backend. */
export function mockBackend(push: Push = () => {}): MockBackend {
  const conversations: MockConversation[] = [];
  const posts: PostMessage[] = [];
  let failures = { times: 0, status: 503 };
  let ids = 0;

  const find = (id: unknown) => conversations.find(({ conversationId }) => conversationId === id);
  const own = () => find(ownId);
  const desk = mockDesk(find, push);
  const problem = (status: number, code: string, detail: string) =>
    HttpResponse.json({ code, detail, status }, { status, headers: { 'content-type': 'application/problem+json' } });
  const unread = (one: MockConversation, side: 'shopper' | 'staff') =>
    one.messages.filter(({ seq, from }) =>
      side === 'staff' ? from === 'shopper' && seq > one.readByStaff : from !== 'shopper' && seq > one.readByShopper,
    ).length;
  const waitingSince = ({ messages }: MockConversation) => {
    const answered = messages.findLastIndex(({ from }) => from === 'staff');
    return messages.slice(answered + 1).find(({ from }) => from === 'shopper')?.at ?? null;
  };
  const seen = (one: MockConversation, side: 'shopper' | 'staff') => ({
    conversationId: one.conversationId,
    about: one.about,
    startedAt: one.messages[0]?.at ?? new Date().toISOString(),
    lastSeq: one.messages.length,
    unread: unread(one, side),
    deliveredToShopper: one.readByShopper,
    deliveredToStaff: Math.max(one.deliveredToStaff, one.readByStaff),
    readByShopper: one.readByShopper,
    readByStaff: one.readByStaff,
  });

  function say(
    from: Message['from'],
    text: string,
    { conversationId = ownId, ...more }: Parameters<MockBackend['say']>[2] = {},
  ) {
    let one = find(conversationId);
    if (!one) {
      const shopper = `Shopper ${String(conversations.length + 1).padStart(4, '7a3k')}`;
      one = {
        conversationId,
        shopper,
        about: null,
        messages: [],
        readByShopper: 0,
        readByStaff: 0,
        deliveredToStaff: 0,
      };
      conversations.push(one);
    }
    if (from === 'shopper' && desk.of(conversationId).closed) desk.act(conversationId, 'reopened', null);
    if (from === 'staff' && more.by && !desk.of(conversationId).assignee) desk.act(conversationId, 'claimed', more.by);
    const id = `${++ids}`;
    const at = new Date().toISOString();
    const plain = { messageId: `m_${id}`, clientMsgId: `x-${id}`, about: null, at };
    const message: Message = { ...plain, ...more, seq: one.messages.length + 1, from, text };
    one.messages.push(message);
    if (message.about) one.about = message.about;
    push('chat:message-received', { conversationId, messageId: message.messageId, seq: message.seq, from });
    if (conversationId === ownId && from !== 'shopper') push('chat:unread-changed', { unread: unread(one, 'shopper') });
    return message;
  }

  const handlers = [
    ...desk.handlers,

    http.get('/api/chat/conversation', () => {
      const one = own();
      return HttpResponse.json({ conversation: one ? seen(one, 'shopper') : null });
    }),

    http.get('/api/chat/conversations', ({ request }) => {
      const all: InboxEntry[] = conversations.map((one) => {
        const { seq, from, text, at } = one.messages.at(-1)!;
        const { assignee, closed } = desk.of(one.conversationId);
        return {
          conversationId: one.conversationId,
          shopper: one.shopper,
          about: one.about,
          unread: unread(one, 'staff'),
          waitingSince: closed ? null : waitingSince(one),
          assignee,
          closed,
          last: { seq, from, text, at },
        };
      });
      return HttpResponse.json(desk.inbox(all, new URL(request.url).searchParams));
    }),

    http.get('/api/chat/conversations/:id/messages', ({ request, params }) => {
      const one = find(params['id']);
      if (!one) return problem(404, 'not-found', 'There is no such conversation.');
      const query = new URL(request.url).searchParams;
      const after = Number(query.get('after') ?? 0);
      const before = Number(query.get('before') ?? Number.MAX_SAFE_INTEGER);
      const limit = Number(query.get('limit') ?? 50);
      const inside = one.messages.filter(({ seq }) => seq > after && seq < before);
      const messages = query.has('after') && !query.has('before') ? inside.slice(0, limit) : inside.slice(-limit);
      return HttpResponse.json({
        conversation: seen(one, 'shopper'),
        messages,
        hasOlder: (messages[0]?.seq ?? 1) > 1,
        hasNewer: (messages.at(-1)?.seq ?? after) < one.messages.length,
      });
    }),

    http.post('/api/chat/conversations/:id/read', async ({ request, params }) => {
      const one = find(params['id']);
      if (!one) return problem(404, 'not-found', 'There is no such conversation.');
      const { upTo, by } = (await request.json()) as { upTo: number; by: 'shopper' | 'staff' };
      if (by === 'staff') one.readByStaff = Math.max(one.readByStaff, upTo);
      else one.readByShopper = Math.max(one.readByShopper, upTo);
      return HttpResponse.json({ upTo, unread: unread(one, by), position: 1 });
    }),

    http.post('/api/chat/messages', async ({ request }) => {
      const body = (await request.json()) as PostMessage;
      posts.push(body);
      if (failures.times > 0) {
        failures.times--;
        if (failures.status === 0) return HttpResponse.error();
        return problem(failures.status, 'unavailable', 'Please wait a moment.');
      }
      const { clientMsgId, text, about = null, conversationId = ownId } = body;
      const from = body.conversationId === undefined ? 'shopper' : 'staff';
      const known = find(conversationId)?.messages.find((message) => message.clientMsgId === clientMsgId);
      const message =
        known ?? say(from, text, { conversationId, clientMsgId, about, ...(from === 'staff' && { by: me }) });
      const { messageId, seq } = message;
      return HttpResponse.json({ conversationId, messageId, seq, position: seq }, { status: known ? 200 : 201 });
    }),
  ];

  return {
    handlers,
    conversations,
    desk,
    own,
    say,
    posts,
    fail(times, status = 503) {
      failures = { times, status };
    },
  };
}
