/** What of an event the version matters to; an event of the channel has more, which stays as it is. */
interface Versioned {
  readonly type: string;
  readonly data: unknown;
}

/** One version forward: type and data of the next version from the data of this one. Pure. */
type Step = (data: never) => Versioned;

/** By the type of the version that is left behind. A type takes as many steps as there are versions after it. */
const steps: ReadonlyMap<string, Step> = new Map<string, Step>([]);

/**
 * Any event as it would be written today. Pure, and total: an event of the current version, or of no contract of ours, is
 * returned as it is (the same object). The envelope stays, id, time and cause with it, for it is the same event.
 */
export function upcast<Event extends Versioned>(event: Event): Event {
  let current = event;
  for (let step = steps.get(current.type); step !== undefined; step = steps.get(current.type)) {
    current = { ...current, ...step(current.data as never) };
  }
  return current;
}
