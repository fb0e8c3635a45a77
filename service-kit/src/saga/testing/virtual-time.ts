/** Time that passes only when somebody lets it, and chance that is the same for the same seed. */
export interface VirtualTime {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs `work` in so many milliseconds; what falls on the same instant runs in the order of asking. */
  after(ms: number, work: () => void): void;
  /** Goes to the next thing and does it. @returns whether there was one */
  next(): boolean;
}

interface Entry {
  readonly at: number;
  readonly order: number;
  readonly work: () => void;
}

export function virtualTime(startMs: number): VirtualTime {
  const heap: Entry[] = [];
  let now = startMs;
  let asked = 0;
  const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);
  const swap = (a: number, b: number) => ([heap[a], heap[b]] = [heap[b]!, heap[a]!]);

  return {
    now: () => now,
    after(ms, work) {
      heap.push({ at: now + Math.max(0, ms), order: asked++, work });
      for (let child = heap.length - 1; child > 0;) {
        const parent = (child - 1) >> 1;
        if (!isBefore(heap[child]!, heap[parent]!)) break;
        swap(child, parent);
        child = parent;
      }
    },
    next() {
      const first = heap[0];
      if (first === undefined) return false;
      const last = heap.pop()!;
      if (heap.length > 0) heap[0] = last;
      for (let parent = 0; ;) {
        const [left, right] = [2 * parent + 1, 2 * parent + 2];
        if (left >= heap.length) break;
        const least = right < heap.length && isBefore(heap[right]!, heap[left]!) ? right : left;
        if (!isBefore(heap[least]!, heap[parent]!)) break;
        swap(least, parent);
        parent = least;
      }
      now = first.at;
      first.work();
      return true;
    },
  };
}

/** Numbers in [0, 1) that follow from the seed alone (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
