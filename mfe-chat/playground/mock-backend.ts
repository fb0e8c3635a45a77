/** The chat's backend as `msw` handlers over plain memory: for the playground and for component tests. */
import type { Attachment, InboxEntry, Message, PostMessage, Presence, Typing } from '@souk/chat-api';
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
  /** The next so many posts are answered like this; 0 = not at all. */
  fail(times: number, status?: number): void;
  /** Signs of typing that arrived. */
  readonly typing: Typing[];
  /** Who is at the desk, and whether the other side has what was said. */
  setPresence(presence: Presence): void;
  /** The other side has, or has read, everything up to there. */
  receive(by: 'shopper' | 'staff', upTo: { delivered?: number; read?: number }): void;
  /** The next upload is answered like this. */
  refuseUpload(status: number, detail: string): void;
}

const ownId = 'c_own';

/** Opens the mocked backend. */
export function mockBackend(push: Push = () => {}): MockBackend {
  const conversations: MockConversation[] = [];
  const posts: PostMessage[] = [];
  let failures = { times: 0, status: 503 };
  let ids = 0;
  const typing: Typing[] = [];
  const files = new Map<string, { attachment: Attachment; bytes: Blob }>();
  let presence: Presence = { staffed: true };
  let refusal: { status: number; detail: string } | undefined;

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
      return HttpResponse.json({ conversation: one ? seen(one, 'shopper') : null, ownId });
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

    http.get('/api/chat/presence', () => HttpResponse.json(presence)),

    http.post('/api/chat/typing', async ({ request }) => {
      typing.push((await request.json()) as Typing);
      return new HttpResponse(null, { status: 204 });
    }),

    http.post('/api/chat/conversations/:id/delivered', async ({ request, params }) => {
      const one = find(params['id']);
      const { upTo, to } = (await request.json()) as { upTo: number; to?: 'shopper' | 'staff' };
      if (one && to === 'staff') one.deliveredToStaff = Math.max(one.deliveredToStaff, upTo);
      return new HttpResponse(null, { status: 204 });
    }),

    ...['/api/chat/attachments', '/api/chat/conversations/:id/attachments'].map((path) =>
      http.post(path, async ({ request }) => {
        const bytes = await request.blob();
        if (refusal) {
          const { status, detail } = refusal;
          refusal = undefined;
          return problem(status, 'attachment-type', detail);
        }
        const attachmentId = `a_${++ids}`;
        const [, encoded = ''] = /filename\*=UTF-8''(.*)$/.exec(request.headers.get('content-disposition') ?? '') ?? [];
        const name = decodeURIComponent(encoded);
        const isPdf = (await bytes.slice(0, 5).text()) === '%PDF-';
        const picture = isPdf ? undefined : await createImageBitmap(bytes);
        const attachment: Attachment = {
          ...{ attachmentId, name, size: bytes.size, type: isPdf ? 'application/pdf' : 'image/png' },
          ...(picture ? { width: picture.width, height: picture.height } : {}),
        };
        files.set(attachmentId, { attachment, bytes });
        return HttpResponse.json({ conversationId: ownId, attachment }, { status: 201 });
      }),
    ),

    http.get('/api/chat/conversations/:id/attachments/:attachmentId', ({ params }) => {
      const file = files.get(String(params['attachmentId']));
      if (!file) return problem(404, 'attachment-gone', 'There is no such file.');
      return new HttpResponse(file.bytes, { headers: { 'content-type': file.attachment.type } });
    }),

    http.post('/api/chat/messages', async ({ request }) => {
      const body = (await request.json()) as PostMessage;
      posts.push(body);
      if (failures.times > 0) {
        failures.times--;
        if (failures.status === 0) return HttpResponse.error();
        return problem(failures.status, 'unavailable', 'Please wait a moment.');
      }
      const { clientMsgId, text, about = null, card, conversationId = ownId } = body;
      const attached = (body.attachments ?? []).flatMap((id) => files.get(id)?.attachment ?? []);
      const parts = { ...(card ? { card } : {}), ...(attached.length > 0 ? { attachments: attached } : {}) };
      const from = body.conversationId === undefined ? 'shopper' : 'staff';
      const known = find(conversationId)?.messages.find((message) => message.clientMsgId === clientMsgId);
      const by = from === 'staff' ? { by: me } : {};
      const message = known ?? say(from, text, { conversationId, clientMsgId, about, ...parts, ...by });
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
    typing,
    setPresence(next) {
      presence = next;
      push('chat:presence-changed', next);
    },
    receive(by, { delivered = 0, read = 0 }) {
      const one = own();
      if (!one) return;
      if (by === 'staff') {
        one.deliveredToStaff = Math.max(one.deliveredToStaff, delivered);
        one.readByStaff = Math.max(one.readByStaff, read);
      }
      const detail = { conversationId: ownId, by, deliveredUpTo: Math.max(delivered, read), readUpTo: read };
      push('chat:receipt-changed', detail);
    },
    refuseUpload(status, detail) {
      refusal = { status, detail };
    },
  };
}
