import type { RequestDetail } from './shared-event.ts';

// What the copies of this library on one page share. Each micro frontend bundles its own copy, perhaps of another
// version, so the shape of what is kept here is part of the contract: plain JSON in a Map or an array.

/** A request that nobody has taken yet. */
export interface WaitingRequest {
  readonly type: string;
  readonly detail: RequestDetail<unknown>;
}

/** Last detail of each state that was emitted, by event type. */
export const retainedStates = (): Map<string, unknown> => shared('souk.retained-states', () => new Map());

/** Requests that nobody has taken yet, oldest first. */
export const waitingRequests = (): WaitingRequest[] => shared('souk.waiting-requests', () => []);

/** How often a receiver dropped a malformed event, by event type. */
export const droppedEvents = (): Map<string, number> => shared('souk.dropped-events', () => new Map());

function shared<Value>(name: string, create: () => Value): Value {
  const global = globalThis as unknown as Record<symbol, Value | undefined>;
  return (global[Symbol.for(name)] ??= create());
}
