import { ownerOf } from '../faults.ts';
import type { Call, Entry } from './entry.ts';
import type { EventWatch } from './watch-events.ts';

/**
 * Notes each request to an API with the event that it follows from, and gives it a trace id, by which the log knows what
 * it caused. Until `signal` aborts.
 */
export const watchCalls = (events: EventWatch, names: readonly string[], signal: AbortSignal): void => {
  const { fetch } = window;
  const watched = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    const isOurs = url.origin === location.origin && url.pathname.startsWith('/api/');
    const sender = ownerOf(new Error('who'), '', names);
    if (!isOurs || sender === undefined) return fetch.call(window, input, init);
    const request = new Request(input, init);
    const call: Call = { method: request.method, path: url.pathname + url.search, traceId: randomHex(16) };
    request.headers.set('traceparent', `00-${call.traceId}-${randomHex(8)}-01`);
    request.headers.set('x-request-id', call.traceId);
    const entry = entryFor(events, sender, call);
    const begun = performance.now();
    try {
      const response = await fetch.call(window, request);
      call.status = response.status;
      return response;
    } catch (error) {
      call.status = 0;
      throw error;
    } finally {
      call.tookMs = performance.now() - begun;
      events.changed(entry);
    }
  };
  window.fetch = watched;
  signal.addEventListener('abort', () => {
    if (window.fetch === watched) window.fetch = fetch;
  });
};

/** The event that led to the call; a call that none led to is an entry of its own. */
const entryFor = (events: EventWatch, sender: string, call: Call): Entry => {
  const detail = { method: call.method, path: call.path };
  const entry =
    events.causeOf(sender) ?? events.add({ kind: 'call', type: `${call.method} ${call.path}`, detail, sender });
  entry.calls.push(call);
  events.changed(entry);
  return entry;
};

const randomHex = (bytes: number): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(bytes)), (byte) => byte.toString(16).padStart(2, '0')).join('');
