const short = new Intl.NumberFormat('en', { maximumFractionDigits: 2, notation: 'compact' });
const full = new Intl.NumberFormat('en', { maximumFractionDigits: 6 });

/** A number in as few characters as say it: `1.2K`. */
export function shortNumber(value: number): string {
  return Math.abs(value) < 10_000 ? full.format(Number(value.toPrecision(6))) : short.format(value);
}

/** How many of something: `1 row`, `2 rows`. */
export function countOf(count: number, word: string): string {
  return `${full.format(count)} ${word}${count === 1 ? '' : 's'}`;
}
