import { localeNow } from '@souk/shared-events/browser';
import { shallowRef, triggerRef } from 'vue';
import { words } from './words/index.ts';
import type { ChatWords } from './words/en.ts';

const spoken = shallowRef(0);
words.onChange(() => {
  spoken.value++;
  triggerRef(spoken);
});

/** The conversation's words: what is rendered with them is rendered anew when the page speaks another language. */
export const say = (): ChatWords => {
  void spoken.value;
  return words();
};

/** Why something was refused: the backend's own sentence where that, being English, is in the language of the page. */
export const reasonOf = (detail: string | undefined): string => {
  if (detail === undefined) return say().notSentOnline;
  return localeNow().locale === 'en' ? detail : say().notSent;
};
