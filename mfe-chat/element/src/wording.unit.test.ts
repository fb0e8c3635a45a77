import { describe, expect, it } from 'vitest';
import { aboutName, aboutPath, dayName, howLong, openingName, priceName, sizeName, starters } from './wording.ts';

const now = new Date(2026, 10, 23, 0, 30);

describe('Words for people', () => {
  it('name the last two days, and others by date, also right after midnight.', () => {
    expect(dayName('2026-11-23', now)).toBe('Today');
    expect(dayName('2026-11-22', now)).toBe('Yesterday');
    expect(dayName('2025-11-22', now)).toContain('2025');
  });

  it('tell how long ago something was in one unit.', () => {
    const ago = (minutes: number) => howLong(new Date(now.getTime() - minutes * 60_000).toISOString(), now);
    expect([0, 1, 59, 60, 1439, 1440, 4320].map(ago)).toEqual([
      'just now',
      '1 min',
      '59 min',
      '1 h',
      '23 h',
      '1 day',
      '3 days',
    ]);
    expect(ago(-5)).toBe('just now');
  });

  it('say what a product costs, or from what.', () => {
    expect(priceName({ priceCents: 320, priceToCents: 320 })).toBe('€3.20');
    expect(priceName({ priceCents: 320, priceToCents: 900 })).toBe('from €3.20');
  });

  it('say when the shop opens, by the clock of who reads it, and how large a file is.', () => {
    const at = (day: number) => new Date(2026, 10, day, 9, 0).toISOString();
    expect(openingName(at(23), now)).toBe('at 09:00');
    expect(openingName(at(24), now)).toBe('tomorrow at 09:00');
    expect(openingName(at(26), now)).toBe('on Thursday, 26 November at 09:00');
    expect([1, 999, 12_345, 8_388_608].map(sizeName)).toEqual(['1 B', '999 B', '12 KB', '8.4 MB']);
  });

  it('lead to the product or the order, whatever its id holds.', () => {
    expect(aboutPath({ kind: 'product', id: 'tea glass/ü' })).toBe('/p/tea%20glass%2F%C3%BC');
    expect(aboutPath({ kind: 'order', id: 'o_1' })).toBe('/orders/o_1');
    expect(aboutName({ kind: 'product', id: 'fes-zellige-star' })).toBe('Fes zellige star');
    expect(aboutName({ kind: 'order', id: 'o_1234567890abcdef' })).toBe('Order o_1234567890a…');
  });

  it('offer three questions to begin with, whatever it is about.', () => {
    for (const about of [null, { kind: 'product', id: 'x' }, { kind: 'order', id: 'x' }] as const) {
      expect(starters(about)).toHaveLength(3);
    }
  });
});
