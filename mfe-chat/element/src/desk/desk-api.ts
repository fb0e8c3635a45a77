import type {
  CannedReplies,
  DeskDone,
  DeskSide,
  Inbox,
  InboxQuery,
  Member,
  NoteBody,
  SaveReply,
  ShopperOverview,
  Staff,
  TransferBody,
} from '@souk/chat-api';
import { ChatApiFailed } from '../api-client.ts';

/** Somebody else has the conversation, or got it meanwhile. */
export class ClaimedByOther extends ChatApiFailed {
  /** Who has it; null when nobody has any more. */
  readonly assignee: Member | null;
  constructor(status: number, detail: string | undefined, assignee: Member | null) {
    super('claimed-by-other', status, detail);
    this.name = 'ClaimedByOther';
    this.assignee = assignee;
  }
}

const deadlineMs = 10_000;

/** Asks what only the staff may, under `/api/chat`. @throws {ChatApiFailed} {@link ClaimedByOther} */
export const deskApi = {
  inbox: (query: InboxQuery, signal: AbortSignal) => call<Inbox>('GET', `conversations${search(query)}`, { signal }),
  side: (id: string, signal: AbortSignal) => call<DeskSide>('GET', `${at(id)}/desk`, { signal }),
  shopper: (id: string, signal: AbortSignal) => call<ShopperOverview>('GET', `${at(id)}/shopper`, { signal }),
  staff: (signal: AbortSignal) => call<Staff>('GET', 'staff', { signal }),
  replies: (signal: AbortSignal) => call<CannedReplies>('GET', 'canned-replies', { signal }),

  claim: (id: string) => call<DeskDone>('POST', `${at(id)}/claim`),
  close: (id: string) => call<DeskDone>('POST', `${at(id)}/close`),
  reopen: (id: string) => call<DeskDone>('POST', `${at(id)}/reopen`),
  transfer: (id: string, body: TransferBody) => call<DeskDone>('POST', `${at(id)}/transfer`, { body }),
  note: (id: string, body: NoteBody) => call<DeskDone>('POST', `${at(id)}/notes`, { body }),
  saveReply: (replyId: string, body: SaveReply) => call<unknown>('PUT', `canned-replies/${replyId}`, { body }),
  removeReply: (replyId: string) => call<unknown>('DELETE', `canned-replies/${replyId}`),
};

/** Where the whole conversation is found as a text to keep. */
export function transcriptPath(conversationId: string): string {
  return `/api/chat/${at(conversationId)}/transcript`;
}

function at(conversationId: string): string {
  return `conversations/${encodeURIComponent(conversationId)}`;
}

async function call<Answer>(
  method: string,
  path: string,
  { signal, body }: { signal?: AbortSignal; body?: unknown } = {},
): Promise<Answer> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const init: RequestInit = { method, signal: signal ? AbortSignal.any([signal, deadline]) : deadline };
  if (body !== undefined) {
    Object.assign(init, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  }
  let response: Response;
  try {
    response = await fetch(`/api/chat/${path}`, init);
    if (response.ok) return (await response.json()) as Answer;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ChatApiFailed('unreachable', 0, undefined, { cause });
  }
  const problem = (await response.json().catch(() => ({}))) as {
    code?: string;
    detail?: string;
    assignee?: Member | null;
  };
  const { code = 'failed', detail, assignee = null } = problem;
  if (code === 'claimed-by-other') throw new ClaimedByOther(response.status, detail, assignee);
  throw new ChatApiFailed(code, response.status, detail);
}

function search(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  );
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
