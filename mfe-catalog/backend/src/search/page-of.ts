/** What items are ordered by: items are indexes into `keys`. */
export interface Order {
  /** The smaller comes first. */
  readonly keys: Float64Array;
  /** Among equal keys, whether one comes before another; of two different items exactly one does. */
  readonly before: (one: number, other: number) => boolean;
}

/**
 * The items from `from` up to `to`, as they would stand if all were sorted, without sorting all: takes time by the
 * number of items, however far the page is.
 * @see Hoare, "Algorithm 65: Find", 1961
 */
export function pageOf(
  items: Uint32Array,
  { from, to }: { readonly from: number; readonly to: number },
  order: Order,
): number[] {
  const end = Math.min(to, items.length);
  if (from >= end) return [];
  const work = items.slice();
  select(work, end - 1, work.length - 1, order);
  select(work, from, end - 1, order);
  const { keys, before } = order;
  return [...work.subarray(from, end)].sort((a, b) => keys[a]! - keys[b]! || (a === b ? 0 : before(a, b) ? -1 : 1));
}

/** Moves the items up to `last` until the one at `place` is right, none before it comes after it, and none after it before. */
function select(work: Uint32Array, place: number, last: number, { keys, before }: Order): void {
  let low = 0;
  let high = last;
  while (low < high) {
    const pivot = work[(low + high) >>> 1]!;
    const key = keys[pivot]!;
    let left = low;
    let right = high;
    while (left <= right) {
      for (let item = work[left]!; isBefore(item, pivot, key);) item = work[++left]!;
      for (let item = work[right]!; isBehind(item, pivot, key);) item = work[--right]!;
      if (left > right) break;
      const moved = work[left]!;
      work[left++] = work[right]!;
      work[right--] = moved;
    }
    if (place <= right) high = right;
    else if (place >= left) low = left;
    else return;
  }

  function isBefore(item: number, pivot: number, key: number): boolean {
    const own = keys[item]!;
    return own < key || (own === key && before(item, pivot));
  }

  function isBehind(item: number, pivot: number, key: number): boolean {
    const own = keys[item]!;
    return own > key || (own === key && before(pivot, item));
  }
}
