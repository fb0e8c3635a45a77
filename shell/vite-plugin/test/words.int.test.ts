import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkWords, WordsIncomplete } from '@souk/vite-plugin-mfe';
import { afterEach, beforeEach, expect, it } from 'vitest';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'souk-words-'));
  mkdirSync(join(root, 'element/src/words'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true }));

const write = (language: string, words: string) =>
  writeFileSync(join(root, `element/src/words/${language}.ts`), `export const words = ${words};`);

it('takes languages that say the same as the original', async () => {
  write('en', `{ add: 'Add', line: { only: (n) => 'Only ' + n } }`);
  write('de', `{ add: 'Hinzufügen', line: { only: (n) => 'Nur ' + n } }`);
  await checkWords('tiny', root);
});

it('refuses a text that is missing, left over, or no function where one is needed', async () => {
  write('en', `{ add: 'Add', line: { only: (n) => 'Only ' + n } }`);
  write('de', `{ line: { only: 'Nur' }, old: 'Alt' }`);
  const refusal = await checkWords('tiny', root).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(WordsIncomplete);
  expect((refusal as Error).message.split('\n').slice(1)).toEqual([
    '  de.ts: "add" is missing or no string',
    '  de.ts: "line.only" is missing or no function',
    '  de.ts: "old" is not in en.ts',
  ]);
});

it('asks nothing of a micro frontend that has no words', async () => {
  await checkWords('tiny', join(root, 'element'));
});
