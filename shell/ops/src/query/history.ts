import type { Question } from '../http/query.ts';

const key = 'souk.ops.queries';
const maxEntries = 30;

/** What was asked in this browser, the last one first, each once. Where nothing can be kept, nothing is. */
export function readHistory(): readonly Question[] {
  try {
    const kept = JSON.parse(localStorage.getItem(key) ?? '[]') as unknown;
    return Array.isArray(kept) ? kept.filter(isQuestion).slice(0, maxEntries) : [];
  } catch {
    return [];
  }
}

/** Puts a question first. @returns the history with it */
export function remember({ language, text, asOf = '' }: Question): readonly Question[] {
  const same = (other: Question) => other.language === language && other.text === text && (other.asOf ?? '') === asOf;
  const history = [{ language, text, asOf }, ...readHistory().filter((other) => !same(other))].slice(0, maxEntries);
  try {
    localStorage.setItem(key, JSON.stringify(history));
  } catch {
    // Full, or not allowed: the page goes on without.
  }
  return history;
}

/** Forgets all of them. */
export function forgetHistory(): void {
  try {
    localStorage.removeItem(key);
  } catch {
    // There was nothing then.
  }
}

function isQuestion(value: unknown): value is Question {
  const { language, text, asOf } = (value ?? {}) as Partial<Record<keyof Question, unknown>>;
  return (
    (language === 'sql' || language === 'kql') &&
    typeof text === 'string' &&
    ['string', 'undefined'].includes(typeof asOf)
  );
}
