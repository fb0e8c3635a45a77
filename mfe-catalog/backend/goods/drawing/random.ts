/** A source of numbers in [0, 1) that always gives the same row for the same seed. */
export type Random = () => number;

/** Makes a `Random` from a text; a picture drawn from the same seed is the same picture. */
export const createRandom = (seed: string): Random => {
  let state = 0x811c9dc5;
  for (const character of seed) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
};

/** A number between two bounds. */
export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);

/** One element of a list; throws a `RangeError` if the list is empty. */
export const pick = <T>(random: Random, list: readonly T[]): T => {
  const chosen = list[Math.floor(random() * list.length)];
  if (chosen === undefined) throw new RangeError('cannot pick from an empty list');
  return chosen;
};

/** A smooth curve through random heights in [-1, 1], for edges that wander; `x` is any number. */
export const createWander = (random: Random): ((x: number) => number) => {
  const heights = Array.from({ length: 64 }, () => between(random, -1, 1));
  return (x) => {
    const cell = Math.floor(x);
    const part = x - cell;
    const ease = part * part * (3 - 2 * part);
    const height = (at: number): number => heights[((at % 64) + 64) % 64] ?? 0;
    return height(cell) * (1 - ease) + height(cell + 1) * ease;
  };
};
