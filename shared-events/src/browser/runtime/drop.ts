import { droppedEvents } from './registries.ts';

/** Dispatched on the window for each malformed event that a receiver dropped; not part of the contract. */
export const eventDropped = 'souk:event-dropped';

/** Detail of a `souk:event-dropped` event. */
export interface EventDropped {
  readonly type: string;
  /** The malformed detail as it came. */
  readonly detail: unknown;
}

/** Counts and reports a malformed detail. Each receiver that drops it counts for itself. */
export function drop(type: string, detail: unknown): void {
  const counts = droppedEvents();
  counts.set(type, (counts.get(type) ?? 0) + 1);
  console.warn(`souk: malformed ${type} dropped`);
  window.dispatchEvent(new CustomEvent<EventDropped>(eventDropped, { detail: { type, detail } }));
}
