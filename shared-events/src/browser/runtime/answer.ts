import { drop } from './drop.ts';
import { frozenCopy } from './frozen-copy.ts';
import { reply, type Outcome } from './reply.ts';
import type { RequestDetail, RequestEvent, RequestEventClass } from './shared-event.ts';
import { requestWaiting, takeWaiting } from './untaken.ts';

/**
 * Handles requests of one type, those that wait already included. Each is taken by one handler only.
 * What the handler throws reaches the asker: with its `code` when it has one (an expected refusal), else as `failed`,
 * and then it is reported to `window.onerror` as well.
 */
export function answer<Class extends AnyRequestClass>(
  requestClass: Class,
  handler: HandlerOf<Class>,
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
      return { ok: true, value: frozenCopy(await handler(payload as never)) };
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

interface AnyRequestClass extends Pick<RequestEventClass<never, unknown>, 'type' | 'kind' | 'is' | 'isReply'> {
  new (payload: never): { readonly replyType: unknown };
}

/** Taken from the class alone, so that the handler is checked against the contract and does not widen it. */
type HandlerOf<Class> = Class extends new (payload: never) => RequestEvent<infer Payload, infer Reply>
  ? (payload: Payload) => Reply | Promise<Reply>
  : never;
