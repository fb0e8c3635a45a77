import { exactMoney, intlTag, localeNow, date, money } from '@souk/shared-events/browser';
import { createSubscriber } from 'svelte/reactivity';
import { words } from './words/index.ts';
import type { CartWords } from './words/en.ts';

/** What is rendered with the words of now is rendered anew when the page speaks another language or shows another currency. */
const follow = createSubscriber((update) => {
  const ended = new AbortController();
  words.onChange(update, ended.signal);
  return () => ended.abort();
});

/** The cart's words, for components and what they call. */
export const say = (): CartWords => {
  follow();
  return words();
};

/** Integer cents of EUR as the page shows prices: `€12.50`, or about so much in another currency. */
export const price = (cents: number): string => {
  follow();
  return money(cents);
};

/** Integer cents as they are charged: `€12.50`. */
export const charged = (cents: number): string => {
  follow();
  return exactMoney(cents);
};

/** The day of an ISO time: `24 November 2026`. */
export const day = (iso: string): string => {
  follow();
  return date(iso, { day: 'numeric', month: 'long', year: 'numeric' });
};

/** The time of day of an ISO time: `14:05`. */
export const time = (iso: string): string => {
  follow();
  return date(iso, { hour: '2-digit', minute: '2-digit' });
};

/** `DE` as people say it: `Germany`. */
export const countryName = (code: string): string => {
  follow();
  return new Intl.DisplayNames(intlTag(), { type: 'region' }).of(code) ?? code;
};

/** Whether the backend's own sentences, which are English, are in the language of the page. */
export const isBackendsLanguage = (): boolean => localeNow().locale === 'en';
