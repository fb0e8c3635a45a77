import type {
  ConversationAnswer,
  Delivered,
  Inbox,
  InboxQuery,
  MessagePage,
  MessagesQuery,
  PostMessage,
  Posted,
  Presence,
  ReadAnswer,
  ReadConversation,
  Typing,
} from '@souk/chat-api';

/** Why an answer from the chat's backend did not come, or was a no. */
export class ChatApiFailed extends Error {
  /** The problem's code, or `unreachable` when there was no answer at all. */
  readonly code: string;
  /** 0 when there was no answer. */
  readonly status: number;
  /** A sentence for the person, where the backend gave one. */
  readonly detail: string | undefined;

  constructor(code: string, status: number, detail?: string, options?: ErrorOptions) {
    super(`the chat's backend: ${code}${detail ? ` (${detail})` : ''}`, options);
    this.name = 'ChatApiFailed';
    this.code = code;
    this.status = status;
    this.detail = detail;
  }
}

const deadlineMs = 10_000;

/** Asks `/api/chat`. Every call ends with its deadline, or with `signal` where there is one. @throws {ChatApiFailed} */
export const chatApi = {
  conversation: (signal: AbortSignal) => call<ConversationAnswer>('conversation', signal),

  messages: (conversationId: string, query: MessagesQuery, signal: AbortSignal) =>
    call<MessagePage>(`conversations/${encodeURIComponent(conversationId)}/messages${search(query)}`, signal),

  inbox: (query: InboxQuery, signal: AbortSignal) => call<Inbox>(`conversations${search(query)}`, signal),

  post: (message: PostMessage, signal: AbortSignal) => call<Posted>('messages', signal, message),

  presence: (signal: AbortSignal) => call<Presence>('presence', signal),

  /** Outlives the page: that typing is over has to be told. */
  typing: (body: Typing) => call<void>('typing', undefined, body),

  delivered: (conversationId: string, body: Delivered) =>
    call<void>(`conversations/${encodeURIComponent(conversationId)}/delivered`, undefined, body),

  read: (conversationId: string, body: ReadConversation) =>
    call<ReadAnswer>(`conversations/${encodeURIComponent(conversationId)}/read`, undefined, body),
};

async function call<Answer>(path: string, signal: AbortSignal | undefined, body?: unknown): Promise<Answer> {
  const deadline = AbortSignal.timeout(deadlineMs);
  const init: RequestInit = { signal: signal ? AbortSignal.any([signal, deadline]) : deadline };
  if (body !== undefined) {
    Object.assign(init, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      keepalive: signal === undefined,
    });
  }
  let response: Response;
  try {
    response = await fetch(`/api/chat/${path}`, init);
    if (response.ok) return (response.status === 204 ? undefined : await response.json()) as Answer;
  } catch (cause) {
    signal?.throwIfAborted();
    throw new ChatApiFailed('unreachable', 0, undefined, { cause });
  }
  const problem = (await response.json().catch(() => ({}))) as { code?: string; detail?: string };
  throw new ChatApiFailed(problem.code ?? 'failed', response.status, problem.detail);
}

function search(query: Readonly<Record<string, string | number | undefined>>): string {
  const given = Object.entries(query).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`;
}
