import { expect, it } from 'vitest';
import { wordsOf } from './words.ts';

it.each([
  ['Blue Glasses, two DISHES', ['blue', 'glass', 'two', 'dish']],
  ['Kütahya café', ['kutahya', 'cafe']],
  ['berries glazes boxes', ['berry', 'glaze', 'box']],
  ['brass iris bus', ['brass', 'iris', 'bus']],
  ['10 × 15 cm', ['10', '15', 'cm']],
  ['فانوس', ['فانوس']],
  ['"* OR --', ['or']],
  ['', []],
])('the words of %j', (text, words) => {
  expect(wordsOf(text)).toEqual(words);
});
