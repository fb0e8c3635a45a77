import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LogEvent } from '../http/log.ts';
import { emptyList, maxEvents, withNewer, withOlder, type TailList } from './tail-list.ts';

const event = (position: number) => ({ position }) as LogEvent;
const range = (from: number, to: number) =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => event(from + index));
const positions = ({ events }: TailList) => events.map(({ position }) => position);

describe('the list of the tail', () => {
  it('has the newest on top', () => {
    const list = withNewer(withNewer(emptyList, range(1, 2)), range(3, 4));
    expect(positions(list)).toEqual([4, 3, 2, 1]);
  });

  it('takes an event that is told twice once', () => {
    expect(positions(withNewer(withNewer(emptyList, range(1, 3)), range(2, 4)))).toEqual([4, 3, 2, 1]);
  });

  it('only counts while it is paused', () => {
    const list = withNewer({ ...withNewer(emptyList, range(1, 2)), isPaused: true }, range(3, 9));
    expect([positions(list), list.waiting]).toEqual([[2, 1], 7]);
  });

  it('lets the oldest go when it is full, and knows that there are older ones again', () => {
    const whole = withOlder(withNewer(emptyList, range(2, maxEvents)), [event(1)], 100);
    expect(whole.isComplete).toBe(true);
    const list = withNewer(whole, [event(maxEvents + 1)]);
    expect([list.events.length, list.events.at(-1)?.position, list.isComplete]).toEqual([maxEvents, 2, false]);
  });

  it('pauses when older ones push the newest out', () => {
    const list = withOlder(withNewer(emptyList, range(1_000, 999 + maxEvents)), range(990, 999).toReversed(), 10);
    expect([list.events.length, list.isPaused, list.waiting, list.events.at(-1)?.position]).toEqual([
      ...[maxEvents, true, 10, 990],
    ]);
  });

  it('is never longer than it may be, never has a gap, and never loses count', () => {
    const step = fc.oneof(
      fc.record({ newer: fc.integer({ min: 1, max: 300 }) }),
      fc.record({ older: fc.integer({ min: 1, max: 300 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        let [list, end] = [withNewer(emptyList, range(1_000, 1_000)), 1_000];
        for (const each of steps) {
          if ('newer' in each) {
            list = withNewer(list, range(end + 1, end + each.newer));
            end += each.newer;
          } else {
            const before = list.events.at(-1)!.position;
            list = withOlder(list, range(Math.max(1, before - each.older), before - 1).toReversed(), each.older);
          }
          const [first = 0, last = 0] = [list.events[0]?.position, list.events.at(-1)?.position];
          expect(list.events.length).toBeLessThanOrEqual(maxEvents);
          expect(positions(list)).toEqual(positions({ ...list, events: range(last, first).toReversed() }));
          expect(first + list.waiting).toBe(end);
          expect(list.isPaused || first === end).toBe(true);
        }
      }),
    );
  });
});
