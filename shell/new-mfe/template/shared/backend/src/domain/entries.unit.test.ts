import { describe, expect, it } from 'vitest';
import { decide, evolve, maxEntries, noEntries, TooManyEntries, type Entries } from './entries.ts';

const add = (entryId: string, before: Entries = noEntries) =>
  decide({ visitorId: 's_amina', entryId, stars: 4 }, before);
const after = (ids: readonly string[]) => ids.flatMap((id) => add(id)).reduce(evolve, noEntries);

describe('a visitor', () => {
  it('adds an entry.', () => {
    const data = { visitorId: 's_amina', entryId: 'entry-1', stars: 4 };
    expect(add('entry-1')).toEqual([{ type: 'sample.entry-added.v1', data }]);
  });

  it('adds nothing by asking twice.', () => expect(add('entry-1', after(['entry-1']))).toEqual([]));

  it('is told when there are as many as there may be.', () => {
    const full = after(Array.from({ length: maxEntries }, (_, index) => `entry-${index}`));
    expect(() => add('one-more', full)).toThrow(TooManyEntries);
  });
});
