import { localeNow, type Language } from '@souk/shared-events/browser';

interface SearchWords {
  readonly label: string;
  readonly submit: string;
}

/** All languages together: two texts are smaller than the request for a file of their own, and they are on every page. */
const words: Readonly<Record<Language, SearchWords>> = {
  en: { label: 'Search the shop', submit: 'Search' },
  de: { label: 'Im Shop suchen', submit: 'Suchen' },
  ar: { label: 'ابحث في المتجر', submit: 'بحث' },
};

/** What the search box says, in the language of the page. */
export const searchWords = (): SearchWords => words[localeNow().locale];
