import type { LogEvent } from '../http/log.ts';

/** The part of the log that is on the page: a window over it that never grows beyond {@link maxEvents}. */
export interface TailList {
  /** Newest first, without a gap. */
  readonly events: readonly LogEvent[];
  /** There is nothing before the last of them. */
  readonly isComplete: boolean;
  /** The list stands still; what comes is only counted. */
  readonly isPaused: boolean;
  /** Events that came meanwhile. */
  readonly waiting: number;
}

/** So many rows a page can hold without effort. */
export const maxEvents = 500;

/** Nothing yet. */
export const emptyList: TailList = { events: [], isComplete: false, isPaused: false, waiting: 0 };

/** Events that have come, oldest first: on top; what no longer fits falls off the end. */
export function withNewer(list: TailList, came: readonly LogEvent[]): TailList {
  const newest = list.events[0]?.position ?? -1;
  // A stream that is resumed may tell twice.
  const news = came.filter(({ position }) => position > newest);
  if (list.isPaused) return { ...list, waiting: list.waiting + news.length };
  if (news.length === 0) return list;
  const events = [...news.toReversed(), ...list.events];
  return { ...list, events: events.slice(0, maxEvents), isComplete: list.isComplete && events.length <= maxEvents };
}

/**
 * Events from before the last one, newest first. When they do not fit, the newest make room: the list then no longer
 * ends at the present, so it is paused.
 */
export function withOlder(list: TailList, found: readonly LogEvent[], asked: number): TailList {
  const oldest = list.events.at(-1)?.position ?? Infinity;
  const events = [...list.events, ...found.filter(({ position }) => position < oldest)];
  const dropped = Math.max(0, events.length - maxEvents);
  return {
    events: events.slice(dropped),
    isComplete: found.length < asked,
    isPaused: list.isPaused || dropped > 0,
    waiting: list.waiting + dropped,
  };
}
