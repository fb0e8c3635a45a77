import type { Position, Recorded, Subject } from '../port.ts';
import type { Attempts } from './delivery.ts';

/**
 * Events that must wait for one another: those of one subject under order `per-subject`, else each event alone. Only
 * the first is in delivery. What does not fit into `queue` stays in the log and is read again when it is due.
 */
export interface Lane {
  /** What the lanes of a consumer are told apart by: the subject, or the position of the one event. */
  readonly key: Subject | Position;
  readonly subject: Subject;
  /** Everything of this lane up to here is acked, dead or dismissed. */
  settledTo: Position;
  inDelivery: Attempts | undefined;
  /** Next ones, in order. */
  readonly queue: Recorded[];
  /** The log holds more for this lane than `queue`, behind its end and before the reading position. */
  more: boolean;
  /** More of it is being read from a log that answers later. */
  refilling: boolean;
  /** Waits for a person: the event at `settledTo` is a dead letter. */
  parked: boolean;
  /** Goes its own pace: the floor does not wait for it, `settledTo` is saved instead. */
  lagging: boolean;
}

/** Events one lane keeps in memory. */
export const laneQueueLimit = 64;

export function createLane(key: Subject | Position, subject: Subject, settledTo: Position): Lane {
  const at = { inDelivery: undefined, queue: [], more: false, refilling: false, parked: false, lagging: false };
  return { key, subject, settledTo, ...at };
}

/** Nothing left to deliver and nothing to wait for. */
export function isIdle(lane: Lane): boolean {
  return !lane.inDelivery && !lane.parked && lane.queue.length === 0 && !lane.more && !lane.refilling;
}
