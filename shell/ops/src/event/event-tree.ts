import type { LogEvent } from '../http/log.ts';

/** An event with what it caused, in the order of the log. */
export interface EventTree {
  readonly event: LogEvent;
  readonly effects: readonly EventTree[];
}

/**
 * The events of a conversation as trees: each stands beneath the one that caused it. Roots are those whose cause is none
 * of them, such as a request. Every event stands in exactly one place, whatever the causes say.
 */
export function treesOf(events: readonly LogEvent[]): readonly EventTree[] {
  const known = new Set(events.map(({ id }) => id));
  const effectsOf = Map.groupBy(events, ({ id, causationid }) =>
    causationid !== null && causationid !== id && known.has(causationid) ? causationid : undefined,
  );
  const placed = new Set<LogEvent>();
  const grow = (event: LogEvent): EventTree => {
    placed.add(event);
    return { event, effects: (effectsOf.get(event.id) ?? []).filter((effect) => !placed.has(effect)).map(grow) };
  };
  const trees = (effectsOf.get(undefined) ?? []).map(grow);
  // A circle of causes has no root; nobody makes one, but the log takes any text.
  return [...trees, ...events.filter((event) => !placed.has(event)).map((event) => ({ event, effects: [] }))];
}
