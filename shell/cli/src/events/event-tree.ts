import { plain } from './query.ts';

/** An event as the log has it. */
export interface LogEvent {
  readonly position: number;
  readonly subject: string;
  readonly type: string;
  readonly time: string;
  readonly id: string;
  readonly source: string;
  readonly correlationid: string | null;
  readonly causationid: string | null;
  readonly data: unknown;
}

/** An event with what it caused, in order. */
export interface EventTree extends LogEvent {
  readonly effects: readonly EventTree[];
}

/**
 * The events of one conversation as trees: each stands beneath the one that caused it. Roots are those whose cause is no
 * event of it, such as a request.
 */
export function treesOf(events: readonly LogEvent[]): readonly EventTree[] {
  const known = new Map(events.map((event) => [event.id, event]));
  const effectsOf = Map.groupBy(events, ({ id, causationid }) =>
    causationid !== null && causationid !== id && known.has(causationid) ? causationid : undefined,
  );
  const grow = (event: LogEvent): EventTree => ({ ...event, effects: (effectsOf.get(event.id) ?? []).map(grow) });
  const trees = (effectsOf.get(undefined) ?? []).map(grow);
  // A circle of causes has no root; nobody makes one, but the log takes any text.
  const placed = new Set(trees.flatMap(flatten).map(({ id }) => id));
  return [...trees, ...events.filter(({ id }) => !placed.has(id)).map((event) => ({ ...event, effects: [] }))];
}

function flatten(tree: EventTree): LogEvent[] {
  return [tree, ...tree.effects.flatMap(flatten)];
}

/** Trees for people, with `chosen` marked. */
export function drawTrees(trees: readonly EventTree[], chosen: string): string {
  const draw = (tree: EventTree, first: string, others: string): string[] => {
    const mark = tree.id === chosen ? '▶ ' : '';
    return [
      `${first}${mark}${plain(tree.type)}  ${plain(tree.subject)}  #${tree.position}  ${plain(tree.time)}`,
      ...tree.effects.flatMap((effect, index) => {
        const isLast = index === tree.effects.length - 1;
        return draw(effect, `${others}${isLast ? '└─ ' : '├─ '}`, `${others}${isLast ? '   ' : '│  '}`);
      }),
    ];
  };
  return trees.flatMap((tree) => draw(tree, '', '')).join('\n');
}
