import { loadWords } from '@souk/shared-events/browser';

/** The conversation's words in the language of the page. */
export const words = await loadWords({
  en: () => import('./en.ts'),
  de: () => import('./de.ts'),
  ar: () => import('./ar.ts'),
});
