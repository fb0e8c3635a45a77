import { beforeEach, describe, expect, it } from 'vitest';
import { textIndex, type TextIndex } from './text-index.ts';

const titles = ['Tea glass', 'Brass lantern', 'Lantern of brass and glass', 'Long kilim', 'Kütahya bowl for tea'];
let index: TextIndex;
beforeEach(() => {
  index = textIndex();
  for (const text of titles) index.add([{ text, weight: 10 }]);
  index.add([
    { text: 'Tray', weight: 10 },
    { text: 'goes well with a lantern', weight: 1 },
  ]);
});

/** The best first. */
function found(q: string): readonly number[] {
  const { places, scores } = index.find(q)!;
  return places.toSorted((a, b) => scores[b]! - scores[a]!);
}

describe('what is found', () => {
  it('has every word, in any order', () => {
    expect(found('glass lantern')).toEqual([2]);
    expect(found('lantern kilim')).toEqual([]);
  });

  it('may go on where the shopper has stopped', () => {
    expect(found('lant').toSorted()).toEqual([1, 2, 5]);
    expect(found('glas').toSorted()).toEqual([0, 2]);
  });

  it('is the same in the plural, and without marks', () => {
    expect(found('LANTERNS')).toEqual(found('lantern'));
    expect(found('kutahya')).toEqual([4]);
  });

  it('comes first where the word stands in the title', () => {
    expect(found('lantern').at(-1)).toBe(5);
  });

  it('is nothing at all without a word', () => {
    expect(index.find(' "* ')).toBeUndefined();
    expect(found('submarine')).toEqual([]);
  });

  it('need not have a little word that stands nearly everywhere', () => {
    const small = textIndex();
    for (const text of ['a bowl for soup', 'a cup for tea', 'a plate for all', 'soup spoon'])
      small.add([{ text, weight: 1 }]);
    expect(small.find('soup for')!.places).toHaveLength(2);
    expect(small.find('for')!.places).toHaveLength(3);
  });

  it('grows with the index', () => {
    for (let n = 0; n < 2000; n++) index.add([{ text: `lantern number${n}`, weight: 10 }]);
    expect(found('number1999')).toEqual([2005]);
    expect(found('lantern')).toHaveLength(2003);
  });
});

describe('words that nobody knows', () => {
  it.each([
    ['lanten', 'lantern'],
    ['latnern', 'lantern'],
    ['kutahia bowl', 'kutahya bowl'],
    ['zong', 'long'],
  ])('%j are taken for %j', (q, meant) => {
    expect(index.find(q)!.places).toEqual([]);
    expect(index.corrected(q)?.normalize('NFKD').replaceAll(/\p{M}/gu, '')).toBe(meant);
  });

  it('stay as they are when nothing is near, or they are too short to tell', () => {
    expect(index.corrected('submarine')).toBeUndefined();
    expect(index.corrected('xy')).toBeUndefined();
    expect(index.corrected('lanten submarine')).toBeUndefined();
  });

  it('are not looked for among words that are known', () => {
    expect(index.corrected('lantern kilim')).toBeUndefined();
  });
});
