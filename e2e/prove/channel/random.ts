/** Chance that comes out the same for the same words: `chance(seed, 'kill', 7)`. */
export function chance(...words: readonly (string | number)[]): { below(limit: number): number } {
  let state = 2_166_136_261;
  for (const character of words.join(' ')) state = Math.imul(state ^ character.charCodeAt(0), 16_777_619);
  return {
    // Mulberry32: small, even, and the same everywhere.
    below(limit) {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
    },
  };
}
