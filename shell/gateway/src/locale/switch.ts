import { escapeHtml } from '../page/html.ts';
import type { Words } from '../words/en.ts';
import { wordsIn } from '../words/index.ts';
import { languages, tagOf } from './locale.ts';
import type { Language, Locale } from './locale.ts';

/** What the page's script needs to speak: it changes all of it at once when another language is chosen. */
export interface PageLocale {
  readonly locale: Locale;
  readonly words: Words['page'];
  /** Texts of the document's own frame, by the `data-t` of their elements. */
  readonly frame: Readonly<Record<string, string>>;
}

/** What `GET /locale` answers, and what every document carries (without the frame, which it shows). */
export const pageLocale = (locale: Locale): PageLocale => {
  const words = wordsIn(locale.locale);
  const { skip, promise, yourAccount, forStaff, desk, events, signOut, language, currency } = words;
  const about = aboutPrices(locale);
  return {
    locale,
    words: words.page,
    frame: { skip, promise, yourAccount, forStaff, desk, events, signOut, language, currency, about },
  };
};

/** Says that another currency is only shown; empty for euro. */
export const aboutPrices = ({ locale, currency, rateDate }: Locale): string => {
  if (currency === 'EUR') return '';
  const day = new Intl.DateTimeFormat(tagOf(locale), { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(rateDate));
  return wordsIn(locale).about(currency, day);
};

/** Links that choose a language or a currency: plain ones, which the page's script takes over. `query` is the rest of the page's. */
export const localeLinks = (now: Locale, currencies: readonly string[], query: string): string => {
  const words = wordsIn(now.locale);
  const address = (name: string, value: string) => escapeHtml(`?${query && `${query}&`}${name}=${value}`);
  const link = (name: string, value: string, label: string, isNow: boolean, more = '') =>
    `<li><a href="${address(name, value)}" data-choose="${name}=${value}"${more}${isNow ? ' aria-current="true"' : ''}>${label}</a></li>`;
  const byLanguage = (Object.keys(languages) as Language[]).map((code) =>
    link('lang', code, languages[code], code === now.locale, ` lang="${code}" hreflang="${code}"`),
  );
  const byCurrency = currencies.map((code) => link('currency', code, code, code === now.currency, ' rel="nofollow"'));
  const currencyNav = `<nav class="souk-choice" aria-labelledby="souk-currency"><span id="souk-currency" data-t="currency">${words.currency}</span><ul>${byCurrency.join('')}</ul></nav>`;
  return (
    `<nav class="souk-choice" aria-labelledby="souk-language"><span id="souk-language" data-t="language">${words.language}</span><ul>${byLanguage.join('')}</ul></nav>` +
    (currencies.length > 1 ? currencyNav : '') +
    `<p data-t="about">${aboutPrices(now)}</p>`
  );
};
