import fc from 'fast-check';
import { expect, it } from 'vitest';
import { distanceTo } from './distance.ts';

/** The classic table: optimal string alignment, letter by letter. */
function slow(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, row) =>
    Array.from({ length: other.length + 1 }, (_, column) => (row === 0 ? column : column === 0 ? row : 0)),
  );
  for (let row = 1; row <= one.length; row++)
    for (let column = 1; column <= other.length; column++) {
      const cost = one[row - 1] === other[column - 1] ? 0 : 1;
      const [above, left, diagonal] = [rows[row - 1]![column]!, rows[row]![column - 1]!, rows[row - 1]![column - 1]!];
      let best = Math.min(above + 1, left + 1, diagonal + cost);
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      if (row > 1 && column > 1 && isSwap) best = Math.min(best, rows[row - 2]![column - 2]! + 1);
      rows[row]![column] = best;
    }
  return rows[one.length]![other.length]!;
}

it.each([
  ['lantern', 'lantern', 0],
  ['lantern', 'lanten', 1],
  ['lantern', 'lanntern', 1],
  ['lantern', 'lamtern', 1],
  ['lantern', 'latnern', 1],
  ['kilim', 'kelem', 2],
])('%s and %s are %i errors apart', (one, other, errors) => {
  expect(distanceTo(one)(other)).toBe(errors);
});

it('counts as the classic table does, for words of any letters', () => {
  const letters = fc.constantFrom(...'abcdéж茶');
  const word = (minLength: number, maxLength: number) =>
    fc.array(letters, { minLength, maxLength }).map((all) => all.join(''));
  fc.assert(
    fc.property(word(1, 31), word(0, 40), (one, other) => {
      expect(distanceTo(one)(other)).toBe(slow(one, other));
    }),
  );
});
