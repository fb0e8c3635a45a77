import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LogEvent } from '../http/log.ts';
import { treesOf, type EventTree } from './event-tree.ts';

const event = (id: string, causationid: string | null) => ({ id, causationid }) as LogEvent;
const drawn = (trees: readonly EventTree[]): unknown[] =>
  trees.map((tree) => (tree.effects.length === 0 ? tree.event.id : [tree.event.id, ...drawn(tree.effects)]));
const flat = (trees: readonly EventTree[]): string[] => trees.flatMap((tree) => [tree.event.id, ...flat(tree.effects)]);

it('each event stands beneath the one that caused it, in the order of the log', () => {
  const events = [event('a', 'request'), event('b', 'a'), event('c', 'a'), event('d', 'b'), event('e', null)];
  expect(drawn(treesOf(events))).toEqual([['a', ['b', 'd'], 'c'], 'e']);
});

it('every event is there exactly once, whatever the causes say', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
  const causes = fc.uniqueArray(fc.tuple(id, fc.option(id)), { selector: ([own]) => own });
  fc.assert(
    fc.property(causes, (all) => {
      const events = all.map(([own, cause]) => event(own, cause));
      expect(flat(treesOf(events)).toSorted()).toEqual(all.map(([own]) => own).toSorted());
    }),
  );
});
