import { requestWaiting, relay, waitingRequests } from '@souk/shared-events/browser';
import { payloadOf, type Entry } from './entry.ts';

/**
 * What is worth sending again: requests, and facts, whoever told them. States and replies are what follows from them, and
 * an old one would only be wrong; what the shell tells of itself is true of the page as it is.
 */
export const replayable = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(
    ({ kind, type, sender }) =>
      sender !== 'replay' && (kind === 'request' || (kind === 'fact' && !type.startsWith('shell:'))),
  );

/** Sends an entry again, from the window. A request gets an id of its own, and waits for its handler as any other. */
export const replay = (entry: Entry): void => {
  if (entry.kind !== 'request') return relay({ type: entry.type, detail: entry.detail });
  const requestId = `replay-${crypto.getRandomValues(new Uint32Array(2)).join('-')}`;
  const detail = { requestId, payload: payloadOf(entry) };
  const event = new CustomEvent(entry.type, { bubbles: true, composed: true, cancelable: true, detail });
  window.dispatchEvent(event);
  if (event.defaultPrevented) return;
  const waiting = { type: entry.type, detail };
  waitingRequests().push(waiting);
  window.dispatchEvent(new CustomEvent(requestWaiting, { detail: waiting }));
};
