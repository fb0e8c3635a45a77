import { retainedStates } from '../runtime/registries.ts';
import type { ShellLocaleChangedDetail } from '../shell-locale-changed.ts';

/** What the page speaks, and the money in which it shows prices. */
export type Locale = ShellLocaleChangedDetail;

/** A language that the shop speaks. */
export type Language = Locale['locale'];

/** The original: what a page speaks that nobody told otherwise. */
export const english: Locale = { locale: 'en', dir: 'ltr', currency: 'EUR', rate: 1, rateDate: '1999-01-01' };

let rendering: Locale | undefined;

/** What is spoken now: in a browser by the page, on a server by the render that is under way. */
export const localeNow = (): Locale =>
  rendering ?? (retainedStates().get('shell:locale-changed') as Locale | undefined) ?? english;

/**
 * Renders in a locale, on a server, where many are spoken at a time.
 * @param render must not wait for anything: what it does later is done in another locale
 */
export const inLocale = <Result>(locale: Locale, render: () => Result): Result => {
  const before = rendering;
  rendering = locale;
  try {
    return render();
  } finally {
    rendering = before;
  }
};
