import { growing, numbers, type Growing } from './growing.ts';
import { fold, rawWords, stem } from './words.ts';
import { vocabulary } from './vocabulary.ts';

/** A text and how much a word in it counts. */
export interface WeighedText {
  readonly text: string;
  /** 1 to 20. */
  readonly weight: number;
}

/** What stands at which place, found by words. */
export interface TextIndex {
  /** Reads the texts of the next place, from 0 on. */
  add(texts: readonly WeighedText[]): void;
  /** Places in which all words stand or begin, with how well each fits; nothing when there is no word to search for. */
  find(q: string): Found | undefined;
  /** The words of a search with those that nobody knows replaced by the nearest; nothing when that cannot be had. */
  corrected(q: string): string | undefined;
  /** In how many places something stands that begins so. */
  count(word: string): number;
}

/** Places in no order. */
export interface Found {
  readonly places: readonly number[];
  /** By place: the more the better. Belongs to the index, and holds until the next search. */
  readonly scores: Float64Array;
}

/** More words than this are not looked at. */
const mostWords = 12;

/** Longest word that may be left out. */
const littleWord = 3;

/** A word that goes on counts less than the word itself. */
const goesOn = 0.6;

/** Half of the most that a word can add to a score is reached at this weight. */
const halfWeight = 6;

/** A posting is a place and, in its last bits, the weight: sixteen million places. */
const weightBits = 8;
const mostWeight = 255;

/**
 * An inverted index in memory. Nothing is ever taken out: what is gone stays in it until the next index is made, and
 * the caller leaves it out of results.
 */
export function textIndex(): TextIndex {
  const vocabularyOf = vocabulary();
  const postings: Growing<Uint32Array>[] = [];
  let size = 0;
  let scores = new Float64Array(0);
  let hits = new Uint8Array(0);

  /** Words of the index that a typed word stands for, the word itself first. */
  const meant = (typed: string): readonly number[] => {
    const stemmed = vocabularyOf.numberOf(stem(typed));
    if (stemmed === undefined) return vocabularyOf.startingWith(typed);
    return [stemmed, ...vocabularyOf.startingWith(stem(typed)).filter((number) => number !== stemmed)];
  };

  const countOf = (words: readonly number[]): number =>
    words.reduce((sum, number) => sum + postings[number]!.length, 0);

  /** What the words stand for; a little word that stands nearly everywhere, such as "for", need not be there. */
  const telling = (words: readonly string[]): readonly (readonly number[])[] => {
    const all = words.map((word) => ({ word, numbers: meant(word) }));
    const kept = all.filter(({ word, numbers }) => word.length > littleWord || countOf(numbers) <= size / 2);
    return (kept.length > 0 ? kept : all).map(({ numbers }) => numbers);
  };

  /** Notes each place in which the word stands and all words before it, and what it adds to the score there. */
  const mark = (words: readonly number[], turn: number): number[] => {
    // Of its own, as the innermost loop is slower with what others may exchange.
    const [marked, score] = [hits, scores];
    const touched: number[] = [];
    const rarity = Math.log(1 + size / (1 + countOf(words)));
    for (const [index, number] of words.entries()) {
      const { values, length } = postings[number]!;
      const worth = index === 0 ? rarity : rarity * goesOn;
      for (let at = 0; at < length; at++) {
        const posting = values[at]!;
        const place = posting >>> weightBits;
        if (marked[place] !== turn) continue;
        const weight = posting & mostWeight;
        marked[place] = turn + 1;
        score[place] = (turn === 0 ? 0 : score[place]!) + (worth * weight) / (weight + halfWeight);
        touched.push(place);
      }
    }
    return touched;
  };

  return {
    add(texts) {
      const weights = new Map<number, number>();
      for (const { text, weight } of texts)
        for (const surface of text.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu) ?? []) {
          // A surface may fold into several words, as "½" does.
          for (const word of rawWords(surface)) {
            const number = vocabularyOf.add(stem(word), fold(surface) === word ? surface : word);
            weights.set(number, (weights.get(number) ?? 0) + weight);
          }
        }
      for (const [number, weight] of weights) {
        postings[number] ??= growing(numbers);
        postings[number].push(size * (mostWeight + 1) + Math.min(weight, mostWeight));
      }
      size++;
    },
    find(q) {
      const words = typedWords(q);
      if (words.length === 0) return undefined;
      if (scores.length < size) [scores, hits] = [new Float64Array(size * 2), new Uint8Array(size * 2)];
      else hits.fill(0);
      // The rarest first: what it leaves out is never looked at again.
      const rarestFirst = telling(words).toSorted((a, b) => countOf(a) - countOf(b));
      let places: number[] = [];
      for (const [turn, each] of rarestFirst.entries()) places = mark(each, turn);
      return { places, scores };
    },
    corrected(q) {
      const words = typedWords(q);
      let isOther = false;
      const right = words.map((word) => {
        if (meant(word).length > 0) return word;
        isOther = true;
        const near = vocabularyOf.nearest(stem(word));
        const [best] = near.toSorted((a, b) => postings[b]!.length - postings[a]!.length);
        return best === undefined ? undefined : vocabularyOf.surface(best);
      });
      return isOther && right.every((word) => word !== undefined) ? right.join(' ') : undefined;
    },
    count: (word) => countOf(meant(rawWords(word)[0] ?? '')),
  };
}

/** Each word once, as far as they are looked at. */
export function typedWords(q: string): readonly string[] {
  return [...new Set(rawWords(q))].slice(0, mostWords);
}
