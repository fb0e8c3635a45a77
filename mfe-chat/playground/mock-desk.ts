/** The part of the mocked backend that only the desk asks: who has what, notes, replies, and what the cart tells. */
import type {
  CannedReply,
  DeskEntry,
  Inbox,
  InboxEntry,
  Member,
  NoteBody,
  SaveReply,
  ShopperOverview,
  Staff,
  TransferBody,
} from '@souk/chat-api';
import { http, HttpResponse } from 'msw/http';
import type { MockConversation, Push } from './mock-types.ts';

/** Who looks at the mocked desk. */
export const me: Member = { staffId: 'st_me', name: 'Zaynab' };
/** A colleague. */
export const karim: Member = { staffId: 'st_karim', name: 'Karim' };

/** What the desk knows of a conversation. */
export interface MockDeskSide {
  assignee: Member | null;
  closed: boolean;
  readonly entries: DeskEntry[];
}

/** The desk's part, and what a test or the playground may do to it. */
export interface MockDesk {
  readonly handlers: ReturnType<typeof http.get>[];
  of(conversationId: string): MockDeskSide;
  readonly replies: CannedReply[];
  /** What the cart's backend says of everybody. */
  overview: ShopperOverview;
  /** Somebody at the desk does something. */
  act(conversationId: string, kind: DeskEntry['kind'], by?: Member | null, more?: Partial<DeskEntry>): void;
  /** The inbox's entries in its order. */
  inbox(entries: readonly InboxEntry[], query: URLSearchParams): Inbox;
}

/** Opens the desk's part. */
export function mockDesk(find: (id: unknown) => MockConversation | undefined, push: Push): MockDesk {
  const sides = new Map<string, MockDeskSide>();
  const replies: CannedReply[] = [
    { replyId: 'r_1', shortcut: 'hello', text: 'Hello {name}, thank you for writing to us. I am looking into it now.' },
    { replyId: 'r_2', shortcut: 'later', text: 'I have to ask the workshop, which takes a day or two.' },
    { replyId: 'r_3', shortcut: 'where', text: 'I have looked up order {order}: you can follow it on its page.' },
  ];
  let position = 0;

  function of(conversationId: string): MockDeskSide {
    const side = sides.get(conversationId) ?? { assignee: null, closed: false, entries: [] };
    sides.set(conversationId, side);
    return side;
  }

  const desk: MockDesk = {
    handlers: [],
    of,
    replies,
    overview: { answered: false },
    act(conversationId, kind, by = me, more = {}) {
      const side = of(conversationId);
      if (kind === 'claimed') side.assignee = by;
      if (kind === 'transferred') side.assignee = more.to ?? null;
      if (kind === 'closed') side.closed = true;
      if (kind === 'reopened') side.closed = false;
      const afterSeq = find(conversationId)?.messages.length ?? 0;
      side.entries.push({ position: ++position, kind, by, afterSeq, at: new Date().toISOString(), ...more });
      push('chat:desk-changed', { change: kind === 'note' ? 'noted' : kind, conversationId });
    },
    inbox(all, query) {
      const piles: Readonly<Record<string, (entry: InboxEntry) => boolean>> = {
        open: ({ closed }) => !closed,
        waiting: ({ closed, waitingSince }) => !closed && waitingSince !== null,
        unread: ({ closed, unread }) => !closed && unread > 0,
        unassigned: ({ closed, assignee }) => !closed && assignee === null,
        mine: ({ closed, assignee }) => !closed && assignee?.staffId === me.staffId,
        closed: ({ closed }) => closed,
      };
      const count = (pile: string) => all.filter((entry) => piles[pile]?.(entry)).length;
      const q = (query.get('q') ?? '').trim().toLowerCase();
      const limit = Number(query.get('limit') ?? 50);
      const from = Number(query.get('after') ?? 0);
      const fitting = all
        .filter((entry) => piles[query.get('state') ?? 'open']?.(entry))
        .filter(({ shopper, about }) => `${shopper} ${about?.id ?? ''}`.toLowerCase().includes(q))
        .toSorted(inOrder);
      return {
        conversations: fitting.slice(from, from + limit),
        next: fitting.length > from + limit ? String(from + limit) : null,
        waiting: count('waiting'),
        total: all.length,
        counts: {
          ...{ open: count('open'), unread: count('unread'), unassigned: count('unassigned') },
          ...{ mine: count('mine'), closed: count('closed') },
        },
      };
    },
  };

  const problem = (status: number, code: string, detail: string, more = {}) =>
    HttpResponse.json({ code, detail, status, ...more }, { status });
  const missing = () => problem(404, 'not-found', 'There is no such conversation.');
  const done = (id: string) => {
    const { assignee, closed } = of(id);
    return HttpResponse.json({ assignee, closed, position });
  };
  const refused = (assignee: Member | null) =>
    problem(409, 'claimed-by-other', `${assignee?.name ?? 'Nobody'} has this conversation.`, { assignee });
  const path = '/api/chat/conversations/:id';

  desk.handlers.push(
    http.get(`${path}/desk`, ({ params }) =>
      find(params['id']) ? HttpResponse.json(of(String(params['id']))) : missing(),
    ),
    http.get(`${path}/shopper`, () => HttpResponse.json(desk.overview)),
    http.get(
      `${path}/transcript`,
      () => new HttpResponse('Souk: conversation\n', { headers: { 'content-type': 'text/plain' } }),
    ),
    http.get('/api/chat/staff', () => {
      const members = [
        { ...karim, present: true },
        { staffId: 'st_lina', name: 'Lina', present: false },
        { ...me, present: true },
      ];
      return HttpResponse.json({ me, members } satisfies Staff);
    }),
    http.post(`${path}/claim`, ({ params }) => {
      const id = String(params['id']);
      const { assignee } = of(id);
      if (assignee && assignee.staffId !== me.staffId) return refused(assignee);
      if (!assignee) desk.act(id, 'claimed');
      return done(id);
    }),
    http.post(`${path}/close`, ({ params }) => (desk.act(String(params['id']), 'closed'), done(String(params['id'])))),
    http.post(
      `${path}/reopen`,
      ({ params }) => (desk.act(String(params['id']), 'reopened'), done(String(params['id']))),
    ),
    http.post(`${path}/transfer`, async ({ params, request }) => {
      const id = String(params['id']);
      const { from, to, why } = (await request.json()) as TransferBody;
      const { assignee } = of(id);
      if ((assignee?.staffId ?? null) !== from) return refused(assignee);
      const member = [me, karim, { staffId: 'st_lina', name: 'Lina' }].find(({ staffId }) => staffId === to) ?? null;
      desk.act(id, 'transferred', me, { to: member, ...(why ? { text: why } : {}) });
      return done(id);
    }),
    http.post(`${path}/notes`, async ({ params, request }) => {
      const { text } = (await request.json()) as NoteBody;
      desk.act(String(params['id']), 'note', me, { text });
      return done(String(params['id']));
    }),
    http.get('/api/chat/canned-replies', () => {
      const sorted = replies.toSorted((a, b) => a.shortcut.localeCompare(b.shortcut));
      return HttpResponse.json({ replies: sorted });
    }),
    http.put('/api/chat/canned-replies/:replyId', async ({ params, request }) => {
      const replyId = String(params['replyId']);
      const body = (await request.json()) as SaveReply;
      if (replies.some((one) => one.shortcut === body.shortcut && one.replyId !== replyId)) {
        return problem(409, 'shortcut-taken', `Another reply has the shortcut /${body.shortcut}.`);
      }
      const at = replies.findIndex((one) => one.replyId === replyId);
      replies.splice(at < 0 ? replies.length : at, at < 0 ? 0 : 1, { replyId, ...body });
      push('chat:desk-changed', { change: 'replies' });
      return HttpResponse.json({ position: ++position });
    }),
    http.delete('/api/chat/canned-replies/:replyId', ({ params }) => {
      const at = replies.findIndex(({ replyId }) => replyId === params['replyId']);
      if (at >= 0) replies.splice(at, 1);
      push('chat:desk-changed', { change: 'replies' });
      return HttpResponse.json({ position: ++position });
    }),
  );
  return desk;
}

/** Who waits longest first, then the latest. */
function inOrder(a: InboxEntry, b: InboxEntry): number {
  if (a.waitingSince !== null && b.waitingSince !== null) return a.waitingSince.localeCompare(b.waitingSince);
  if ((a.waitingSince === null) !== (b.waitingSince === null)) return a.waitingSince === null ? 1 : -1;
  return b.last.at.localeCompare(a.last.at);
}
