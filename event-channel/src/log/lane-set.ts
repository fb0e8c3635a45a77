import type { Position, Subject } from '../port.ts';
import { createLane, isIdle, type Lane } from './lane.ts';
import type { Order, SavedProgress } from './store.ts';

/** The lanes of a consumer that have something to deliver or a place to remember, by their key. */
export type LaneSet = Map<Subject | Position, Lane>;

/** Lanes as they were left: lagging subjects with their places, and under order `stream` the event that stops it. */
export function restoreLanes(order: Order, { lagging, dead }: SavedProgress): LaneSet {
  const lanes: LaneSet = new Map();
  for (const [subject, settledTo] of lagging) {
    const lane = createLane(subject, subject, settledTo);
    lane.lagging = lane.more = true;
    lane.parked = dead.some((row) => row.subject === subject);
    lanes.set(subject, lane);
  }
  for (const { position, subject } of order === 'stream' ? dead : []) {
    const lane = createLane(position, subject, position - 1);
    lane.parked = true;
    lanes.set(position, lane);
  }
  return lanes;
}

/** Where the log is read on: above the floor, and above a dead letter that has its lane already. */
export function firstToRead(order: Order, { floor, dead }: SavedProgress): Position {
  const stoppers = order === 'stream' ? dead.map(({ position }) => position) : [];
  return Math.max(floor, ...stoppers) + 1;
}

/** Up to where everything is settled that was read up to a position, save what lies in lagging lanes. */
export function floorOf(lanes: LaneSet, readTo: Position): Position {
  let floor = readTo;
  for (const lane of lanes.values()) if (!lane.lagging && lane.settledTo < floor) floor = lane.settledTo;
  return floor;
}

/**
 * Drops lagging lanes that have nothing left. Only when the floor has passed them: else a restart would deliver what
 * was settled, even a dismissed event.
 */
export function dropCaughtUp(lanes: LaneSet, floor: Position): Lane[] {
  const dropped = [...lanes.values()].filter((lane) => lane.lagging && isIdle(lane) && lane.settledTo <= floor);
  for (const lane of dropped) lanes.delete(lane.key);
  return dropped;
}
