import type { Language } from '../locale/locale.ts';
import { words as ar } from './ar.ts';
import { words as de } from './de.ts';
import { words as en } from './en.ts';
import type { Words } from './en.ts';

/** The gateway's words in a language. */
export const wordsIn = (language: Language): Words => all[language];

const all: Readonly<Record<Language, Words>> = { en, de, ar };
