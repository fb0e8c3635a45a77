import { miniWords } from './mini-words.ts';
import { say } from './say.ts';

/** What to say when a form of a page without scripts came back with `?problem=<code>`; null when there is none. */
export function problemText(search: string): string | null {
  const code = new URLSearchParams(search).get('problem');
  return code === null ? null : (problemOf(code) ?? miniWords().didNotWork);
}

/** The cart's own words for the code of a problem, where it has some. */
export function problemOf(code: string): string | undefined {
  return (say().problems as Readonly<Record<string, string>>)[code];
}
