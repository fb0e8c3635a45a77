import { drop } from './drop.ts';
import { retainedStates } from './registries.ts';
import type { SharedEventClass } from './shared-event.ts';

export interface ListenOptions {
  /** Ends the listening. */
  readonly signal?: AbortSignal;
  /** @default window */
  readonly target?: EventTarget;
}

/**
 * Listens to a fact or a state. A malformed detail is dropped, counted and reported, and never reaches the listener.
 * A state that was emitted before is delivered at once, before this returns, whatever the target.
 * What the listener throws reaches `window.onerror` with its stack and hinders no other listener.
 */
export function listen<Detail>(
  eventClass: SharedEventClass<Detail>,
  listener: (detail: Detail, event: CustomEvent<Detail>) => void,
  { signal, target = window }: ListenOptions = {},
): void {
  if (signal?.aborted) return;
  const { type, kind, is } = eventClass;
  const receive = (event: Event) => {
    const { detail } = event as CustomEvent;
    if (is(detail)) listener(detail, event as CustomEvent);
    else drop(type, detail);
  };
  target.addEventListener(type, receive, { signal });
  if (kind !== 'state' || !retainedStates().has(type)) return;
  try {
    receive(new CustomEvent(type, { detail: retainedStates().get(type) }));
  } catch (error) {
    reportError(error);
  }
}
