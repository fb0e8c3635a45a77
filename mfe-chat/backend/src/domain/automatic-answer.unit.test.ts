import { expect, it } from 'vitest';
import { afterOrderAnswer, automaticAnswer, nobodyThere, opensInWords } from './automatic-answer.ts';
import { parseOpeningHours } from './opening-hours.ts';

it('The automatic answer says when the desk opens, where hours are known and it is closed.', () => {
  const hours = parseOpeningHours('Mon-Fri 09:00-18:00 Africa/Casablanca');
  const saturday = new Date('2026-11-21T12:00:00Z');
  const words = opensInWords(hours, saturday);
  expect(words).toBe('on Monday at 09:00 (Casablanca)');
  expect(nobodyThere(words)).toContain('The desk is closed and opens on Monday at 09:00 (Casablanca);');
  expect(afterOrderAnswer(words)).toMatch(/^The desk is closed and opens on Monday/);
});

it('The automatic answer speaks of no hours while it should be open, or where nobody has said any.', () => {
  const hours = parseOpeningHours('Mon-Sun 00:00-24:00 UTC');
  expect(opensInWords(hours, new Date())).toBeUndefined();
  expect(opensInWords(undefined, new Date())).toBeUndefined();
  expect(nobodyThere(undefined)).toBe(automaticAnswer);
  expect(afterOrderAnswer(undefined)).toMatch(/^Nobody is at the desk this minute/);
});
