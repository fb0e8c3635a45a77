import type { Facets } from '@souk/catalog-api';

/** Round amounts at which a range of prices may begin, in cents. */
export const priceSteps: readonly number[] = [
  0, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200, 300, 400, 500, 750, 1000, 1500, 2000, 3000, 5000, 10_000,
].map((units) => units * 100);

/** So many ranges are offered at most. */
const mostRanges = 5;

/** Index of the step that a price stands on. */
export function priceStep(cents: number): number {
  let [low, high] = [0, priceSteps.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (priceSteps[middle]! <= cents) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Ranges of about equally many products that begin and end at round amounts; together they hold every product once.
 * @param counts products on each step
 */
export function priceRanges(counts: Uint32Array): Facets['prices'] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const ranges: { fromCents: number; toCents?: number; count: number }[] = [];
  let [from, count, told] = [0, 0, 0];
  for (let step = 0; step < counts.length; step++) {
    count += counts[step]!;
    const isLast = told + count === total;
    if (count === 0 || (!isLast && count < (total - told) / (mostRanges - ranges.length))) continue;
    const end = priceSteps[step + 1];
    const isOpen = end === undefined || isLast;
    ranges.push({ fromCents: priceSteps[from]!, ...(isOpen ? {} : { toCents: end - 1 }), count });
    if (isLast) break;
    [from, told, count] = [step + 1, told + count, 0];
  }
  return ranges;
}
