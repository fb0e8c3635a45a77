import { waitingRequests, type WaitingRequest } from './registries.ts';
import { reply } from './reply.ts';

/** Dispatched on the window when a request begins to wait for a handler; its detail is the {@link WaitingRequest}. */
export const requestWaiting = 'souk:request-waiting';

/** Puts a request that nobody took on the waiting list and says so. */
export function keepWaiting(request: WaitingRequest): void {
  waitingRequests().push(request);
  window.dispatchEvent(new CustomEvent(requestWaiting, { detail: request }));
}

/** Takes the waiting requests of one type off the list, oldest first; from then on they are the caller's to answer. */
export function takeWaiting(type: string): WaitingRequest[] {
  const list = waitingRequests();
  const taken = list.filter((request) => request.type === type);
  const rest = list.filter((request) => request.type !== type);
  list.splice(0, list.length, ...rest);
  return taken;
}

/** For the shell: hears the type of each request that waits already and of each that begins to wait. */
export function onWaiting(listener: (type: string) => void, { signal }: { readonly signal?: AbortSignal } = {}): void {
  window.addEventListener(requestWaiting, (event) => listener((event as CustomEvent<WaitingRequest>).detail.type), {
    signal,
  });
  for (const type of new Set(waitingRequests().map((request) => request.type))) listener(type);
}

/** For the shell: ends the waiting requests of one type with an error, because their handler cannot be loaded. */
export function refuse(type: string, code: string, message: string): void {
  for (const { detail } of takeWaiting(type)) {
    reply(type, detail.requestId, { ok: false, error: { code, message, taken: false } });
  }
}
