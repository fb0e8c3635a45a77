/**
 * Words of a text as they are compared: small letters without marks, the plural taken off. In the order of the text, with
 * repetitions.
 */
export function wordsOf(text: string): string[] {
  return rawWords(text).map(stem);
}

/** Words without their plural taken off: what somebody has typed so far. */
export function rawWords(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** Small letters without marks: "Kütahya" is "kutahya". */
export function fold(text: string): string {
  const small = text.toLowerCase();
  // Most texts have no marks, and looking is cheaper than taking them off.
  return /^[\0-\x7f]*$/.test(small) ? small : small.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();
}

/**
 * Takes an English plural off, and nothing else: what is more eager finds "university" for "universe". Words of other
 * languages stay as they are, or lose an s alike wherever they stand.
 * @see Harman, "How effective is suffixing?", JASIS 42(1), 1991: the s-stemmer, with glasses, dishes and boxes added
 */
export function stem(word: string): string {
  if (word.length < 4 || !word.endsWith('s')) return word;
  if (/(?:ss|sh|ch|x)es$/.test(word)) return word.slice(0, -2);
  if (/[^ea]ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:us|ss|is)$/.test(word)) return word;
  return word.slice(0, -1);
}
