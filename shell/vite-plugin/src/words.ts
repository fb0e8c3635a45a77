import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** A language of a micro frontend does not say what the original says; `message` has one line per text. */
export class WordsIncomplete extends Error {
  readonly code = 'words-incomplete';
  constructor(name: string, problems: readonly string[]) {
    super(`The words of "${name}" are not whole:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'WordsIncomplete';
  }
}

/**
 * Compares every language in `element/src/words` with `en.ts`: the same keys, all the way down, a text where a text is and a
 * function where a function is. Nothing to do where there are no words.
 * @param root folder of the package
 * @throws {WordsIncomplete}
 */
export const checkWords = async (name: string, root: string): Promise<void> => {
  const folder = join(root, 'element/src/words');
  if (!existsSync(join(folder, 'en.ts'))) return;
  const read = async (file: string) =>
    shapeOf(((await import(pathToFileURL(join(folder, file)).href)) as { words: unknown }).words);
  const original = await read('en.ts');
  const problems: string[] = [];
  for (const file of readdirSync(folder).filter((each) => /^[a-z]{2}\.ts$/.test(each) && each !== 'en.ts')) {
    const other = await read(file);
    for (const [key, kind] of original) {
      if (other.get(key) !== kind) problems.push(`${file}: "${key}" is missing or no ${kind}`);
    }
    for (const key of other.keys()) if (!original.has(key)) problems.push(`${file}: "${key}" is not in en.ts`);
  }
  if (problems.length > 0) throw new WordsIncomplete(name, problems);
};

const shapeOf = (words: unknown, path = ''): Map<string, string> => {
  if (typeof words !== 'object' || words === null) return new Map([[path, typeof words]]);
  return new Map(
    Object.entries(words).flatMap(([key, value]) => [...shapeOf(value, path === '' ? key : `${path}.${key}`)]),
  );
};
