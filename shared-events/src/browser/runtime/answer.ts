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
export function answer<Payload, Reply>(
  requestClass: RequestEventClass<Payload, Reply>,
  handler: (payload: Payload) => Reply | Promise<Reply>,
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
      return { ok: true, value: frozenCopy(await handler(payload as Payload)) };
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
