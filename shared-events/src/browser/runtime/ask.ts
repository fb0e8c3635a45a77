import { dispatch } from './dispatch.ts';
import { drop } from './drop.ts';
import { waitingRequests } from './registries.ts';
import { replyType } from './reply.ts';
import { RequestFailed } from './request-failed.ts';
import type { RequestEvent, RequestEventClass } from './shared-event.ts';
import { keepWaiting } from './untaken.ts';

export interface AskOptions {
  /** How long to wait for the reply, the loading of the handler included. @default 8000 milliseconds */
  readonly deadlineMs?: number;
  /** Ends the asking; a request that nobody has taken yet will then not be done. */
  readonly signal?: AbortSignal;
}

/**
 * Sends a request and waits for its reply. When no handler is there yet, the request waits for one to be loaded.
 * @throws {RequestFailed} no reply in time, a malformed one, or the handler's error
 * @throws the reason of `signal` when that aborts
 */
export function ask<Payload, Reply>(
  target: EventTarget,
  event: RequestEvent<Payload, Reply>,
  { deadlineMs = 8000, signal }: AskOptions = {},
): Promise<Reply> {
  const { type, detail } = event;
  const { isReply } = event.constructor as RequestEventClass<Payload, Reply>;
  const ended = new AbortController();
  const request = { type, detail };
  let timer: ReturnType<typeof setTimeout>;

  return new Promise<Reply>((resolve, reject) => {
    signal?.throwIfAborted();
    signal?.addEventListener('abort', () => reject(signal.reason), { signal: ended.signal });
    window.addEventListener(replyType(type), receive, { signal: ended.signal });
    timer = setTimeout(() => {
      const waits = waitingRequests().includes(request);
      reject(new RequestFailed('no-answer', `${type} was not ${waits ? 'taken' : 'answered'} in time`, !waits));
    }, deadlineMs);

    dispatch(target, event);
    if (!event.defaultPrevented) keepWaiting(request);

    function receive(replied: Event): void {
      const outcome = (replied as CustomEvent<UnsureReply | null>).detail;
      if (outcome?.requestId !== detail.requestId) return;
      const { ok, value, error } = outcome;
      if (ok && isReply(value)) return resolve(value as Reply);
      if (!ok && typeof error?.code === 'string') {
        return reject(new RequestFailed(error.code, error.message, error.taken));
      }
      drop(replied.type, outcome);
      reject(new RequestFailed('malformed', `the reply to ${type} is malformed`));
    }
  }).finally(() => {
    clearTimeout(timer);
    ended.abort();
    const list = waitingRequests();
    if (list.includes(request)) list.splice(list.indexOf(request), 1);
  });
}

/** Another copy of the library, of another version, may have sent it: nothing about it is sure. */
interface UnsureReply {
  readonly requestId?: string;
  readonly ok?: boolean;
  readonly value?: unknown;
  readonly error?: { readonly code: string; readonly message: string; readonly taken?: boolean };
}
