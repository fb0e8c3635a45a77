import { drop } from './drop.ts';
import { frozenCopy } from './frozen-copy.ts';
import { reply, type Outcome } from './reply.ts';
import type { RequestDetail, RequestEventClass } from './shared-event.ts';
import { requestWaiting, takeWaiting } from './untaken.ts';

/**
 * Handles requests of one type, those that wait already included. Each is taken by one handler only.
 * What the handler throws reaches the asker: with its `code` when it has one (an expected refusal), else as `failed`,
 * and then it is reported to `window.onerror` as well.
 */
export function answer<Class extends AnyRequestClass>(
  requestClass: Class,
  handler: (payload: PayloadOf<Class>) => ReplyOf<Class> | Promise<ReplyOf<Class>>,
  { signal }: { readonly signal?: AbortSignal } = {},
): void {
  if (signal?.aborted) return;
  const { type, is } = requestClass;

  const handle = async (detail: RequestDetail<unknown>): Promise<void> => {
    if (typeof detail?.requestId !== 'string') return drop(type, detail);
    reply(type, detail.requestId, await outcomeOf(detail.payload));
  };

  const outcomeOf = async (payload: unknown): Promise<Outcome> => {
    if (!is(payload)) {
      drop(type, payload);
      return { ok: false, error: { code: 'malformed', message: `${type} is malformed`, taken: false } };
    }
    try {
      return { ok: true, value: frozenCopy(await handler(payload as PayloadOf<Class>)) };
    } catch (error) {
      const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
      if (typeof code !== 'string') reportError(error);
      return { ok: false, error: { code: typeof code === 'string' ? code : 'failed', message: String(message) } };
    }
  };

  const take = (event: Event): void => {
    if (event.defaultPrevented) return;
    event.preventDefault();
    void handle((event as CustomEvent).detail);
  };

  const takeWaitingOnes = (): void => takeWaiting(type).forEach(({ detail }) => void handle(detail));

  window.addEventListener(type, take, { signal });
  window.addEventListener(requestWaiting, takeWaitingOnes, { signal });
  takeWaitingOnes();
}

// Inferred from the class alone, so that a handler is checked against the contract and does not widen it.
type AnyRequestClass = RequestEventClass<never, unknown>;
type PayloadOf<Class> = Class extends new (payload: infer Payload) => unknown ? Payload : never;
type ReplyOf<Class> = Class extends new (payload: never) => { readonly replyType: infer Reply } ? Reply : never;
