import { distanceTo } from './distance.ts';

/** Every word of the goods, each with a number from 0 on. */
export interface Vocabulary {
  /** Number of a word; a new one where it was not known. @param surface how it stood in the text */
  add(word: string, surface: string): number;
  numberOf(word: string): number | undefined;
  /** Words that begin so, in no order. */
  startingWith(prefix: string): readonly number[];
  /** Known words at the fewest typing errors from this one, at most two; none for short words or when none is near. */
  nearest(word: string): readonly number[];
  /** How the word stood where it was first read. */
  surface(number: number): string;
}

/** So many new words wait beside the sorted ones before they are sorted in. */
const fresh = 512;

/** Words that begin alike stand beside one another in a sorted list; what is new is looked through one by one. */
export function vocabulary(): Vocabulary {
  const numbers = new Map<string, number>();
  const words: string[] = [];
  const surfaces: string[] = [];
  let sorted: number[] = [];

  const sortIn = () => {
    sorted = words.map((_, number) => number).toSorted((a, b) => (words[a]! < words[b]! ? -1 : 1));
  };

  /** First place in `sorted` whose word is not before this one. */
  const placeOf = (word: string): number => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (words[sorted[middle]!]! < word) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    add(word, surface) {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      const number = words.push(word) - 1;
      numbers.set(word, number);
      surfaces.push(surface);
      return number;
    },
    numberOf: (word) => numbers.get(word),
    startingWith(prefix) {
      if (words.length - sorted.length > fresh) sortIn();
      const found: number[] = [];
      for (let place = placeOf(prefix); place < sorted.length; place++) {
        if (!words[sorted[place]!]!.startsWith(prefix)) break;
        found.push(sorted[place]!);
      }
      for (let number = sorted.length; number < words.length; number++)
        if (words[number]!.startsWith(prefix)) found.push(number);
      return found;
    },
    nearest(word) {
      let allowed = allowedErrors(word);
      if (allowed === 0) return [];
      const distance = distanceTo(word);
      let near: number[] = [];
      for (let number = 0; number < words.length; number++) {
        const candidate = words[number]!;
        if (Math.abs(candidate.length - word.length) > allowed) continue;
        const errors = distance(candidate);
        if (errors > allowed) continue;
        // Who is nearer shuts all others out.
        if (errors < allowed) [near, allowed] = [[], errors];
        near.push(number);
      }
      return near;
    },
    surface: (number) => surfaces[number]!,
  };
}

/** A short word with an error in it could be any other; a very long one is none that anybody types. */
function allowedErrors(word: string): number {
  if (word.length < 3 || word.length > 31 || /^\p{N}+$/u.test(word)) return 0;
  return word.length < 6 ? 1 : 2;
}
