import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOpen, nextOpening, parseOpeningHours } from './opening-hours.ts';

const hours = parseOpeningHours('Mon-Fri 09:00-18:00, Sat 10:00-14:00 Europe/Berlin');
const opens = (iso: string) => nextOpening(hours, new Date(iso))?.toISOString();

describe('Opening hours', () => {
  it('are those of the place, from the first minute to before the last one.', () => {
    const open = (iso: string) => isOpen(hours, new Date(iso));
    expect(['2026-11-23T07:59:59Z', '2026-11-23T08:00:00Z'].map(open)).toEqual([false, true]);
    expect(['2026-11-23T16:59:59Z', '2026-11-23T17:00:00Z'].map(open)).toEqual([true, false]);
    expect(['2026-11-28T09:30:00Z', '2026-11-28T13:00:00Z', '2026-11-29T10:00:00Z'].map(open)).toEqual([
      true,
      false,
      false,
    ]);
  });

  it('say when it opens next: today, tomorrow, after the weekend, and after the clocks were changed.', () => {
    expect(opens('2026-11-23T05:10:20Z')).toBe('2026-11-23T08:00:00.000Z');
    expect(opens('2026-11-23T17:00:00Z')).toBe('2026-11-24T08:00:00.000Z');
    expect(opens('2026-11-28T20:00:00Z')).toBe('2026-11-30T08:00:00.000Z');
    expect(opens('2026-03-28T20:00:00Z')).toBe('2026-03-30T07:00:00.000Z');
    expect(opens('2026-10-24T20:00:00Z')).toBe('2026-10-26T08:00:00.000Z');
    expect(opens('2026-11-23T10:00:00Z')).toBeUndefined();
  });

  it('open at the time they say, whenever one asks, and not a minute before.', () => {
    const anyTime = fc.date({ min: new Date('2026-01-01'), max: new Date('2028-01-01'), noInvalidDate: true });
    fc.assert(
      fc.property(anyTime, (at) => {
        const next = nextOpening(hours, at);
        expect(next === undefined).toBe(isOpen(hours, at));
        if (next === undefined) return;
        expect(next.getTime()).toBeGreaterThan(at.getTime());
        expect(isOpen(hours, next)).toBe(true);
        expect(isOpen(hours, new Date(next.getTime() - 1))).toBe(false);
      }),
    );
  });

  it('refuse what they cannot read, and say what would be right.', () => {
    for (const text of [
      '',
      'always',
      'Mon-Fri 09:00-18:00',
      'Mon-Fri 9-18 UTC',
      'Mon 18:00-09:00 UTC',
      'Xyz 09:00-10:00 UTC',
    ])
      expect(() => parseOpeningHours(text), text).toThrow(/such as "Mon-Fri/);
  });
});
