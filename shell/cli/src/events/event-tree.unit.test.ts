import { expect, it } from 'vitest';
import { drawTrees, treesOf, type LogEvent } from './event-tree.ts';
import { tableOf } from './query.ts';

const event = (id: string, causationid: string | null, position: number): LogEvent => ({
  ...{ id, causationid, position, type: `t.${id}`, subject: 's', time: 'now', source: '/s', data: {} },
  correlationid: 'a',
});

it('each event stands beneath the one that caused it, in the order of the log', () => {
  const events = [event('a', 'request', 1), event('b', 'a', 2), event('c', 'a', 3), event('d', 'b', 4)];
  expect(drawTrees(treesOf(events), 'b').split('\n')).toEqual([
    't.a  s  #1  now',
    '├─ ▶ t.b  s  #2  now',
    '│  └─ t.d  s  #4  now',
    '└─ t.c  s  #3  now',
  ]);
});

it('causes that go in a circle, or to themselves, hide no event and do not hang', () => {
  const events = [event('a', 'b', 1), event('b', 'a', 2), event('c', 'c', 3)];
  expect(
    treesOf(events)
      .map(({ id }) => id)
      .toSorted(),
  ).toEqual(['a', 'b', 'c']);
});

it('a table has its numbers on the right, and nothing that drives a terminal', () => {
  const columns = [
    { name: 'name', type: 'text' },
    { name: 'n', type: 'integer' },
  ];
  const rows = [
    ['a\u001b[31m', 5],
    [null, 1234],
  ];
  expect(tableOf({ columns, rows, position: 7, durationMs: 1.5 }).split('\n')).toEqual([
    'name       n',
    '------  ----',
    'a [31m     5',
    '        1234',
    '',
    '2 rows in 1.5 ms, true at position 7',
  ]);
});
