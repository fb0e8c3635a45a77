/** A language that the shop speaks. */
export type Language = 'en' | 'de' | 'ar';

/** BCP 47 tag for `Intl`: Arabic with the digits 0 to 9, as in all of the shop. */
export const tagOf = (language: Language): string => ({ en: 'en-IE', de: 'de-DE', ar: 'ar-u-nu-latn' })[language];

/** What a page speaks, and the money in which it shows prices; goes out as `shell:locale-changed`. */
export interface Locale {
  readonly locale: Language;
  readonly dir: 'ltr' | 'rtl';
  /** ISO 4217; charged is always EUR. */
  readonly currency: string;
  /** What one euro is in it. */
  readonly rate: number;
  /** The day of the rate, `YYYY-MM-DD`. */
  readonly rateDate: string;
}

/** What prices are shown in: configuration of the shop, with the day it is of. */
export interface Rates {
  readonly date: string;
  /** ISO 4217 → what one euro is in it. EUR is always there. */
  readonly perEuro: Readonly<Record<string, number>>;
}

/** Rates that the shop comes with. They show a price in another money; nothing is charged by them. */
export const defaultRates: Rates = { date: '2026-11-20', perEuro: { USD: 1.16, GBP: 0.88, MAD: 10.72 } };

/** The languages, each by its own name, in the order in which they are offered; the first is the original. */
export const languages: Readonly<Record<Language, string>> = { en: 'English', de: 'Deutsch', ar: 'العربية' };

/** Finds out what a request wants to be spoken to in, and remembers what was chosen. */
export interface Locales {
  /** ISO 4217 of what prices can be shown in, EUR first. */
  readonly currencies: readonly string[];
  /** By `?lang=` and `?currency=`, else the cookie, else `accept-language`, else English and EUR. */
  of(request: LocaleRequest): Locale;
  /** Value of a `set-cookie` header when the request chooses something that its cookie does not say already. */
  cookie(request: LocaleRequest, secure: boolean): string | undefined;
}

/** What of a request matters here. */
export interface LocaleRequest {
  readonly url?: string | undefined;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

/** English and EUR: what nobody has chosen. */
export const original: Locale = {
  ...{ locale: 'en', dir: 'ltr', currency: 'EUR', rate: 1 },
  rateDate: defaultRates.date,
};

/** Name of the cookie, `<language>.<currency>`: no secret, and scripts read it to see that another tab has chosen. */
export const localeCookie = 'souk_locale';

const cookieMaxAgeSeconds = 365 * 24 * 60 * 60;

export const createLocales = (rates: Rates = defaultRates): Locales => {
  const perEuro: Readonly<Record<string, number>> = { EUR: 1, ...rates.perEuro };

  const choice = ({ url = '/', headers }: LocaleRequest) => {
    const query = new URLSearchParams(url.split('?').slice(1).join('?'));
    const [, cookieLanguage, cookieCurrency] = cookiePattern.exec(String(headers['cookie'] ?? '')) ?? [];
    const kept = [cookieLanguage, cookieCurrency] as const;
    const asked = [query.get('lang'), query.get('currency')] as const;
    const language = [asked[0], kept[0]].find(isLanguage) ?? preferred(String(headers['accept-language'] ?? ''));
    const currency = [asked[1], kept[1]].find((code) => code && Object.hasOwn(perEuro, code)) ?? 'EUR';
    const chooses = isLanguage(asked[0]) || Object.hasOwn(perEuro, asked[1] ?? '');
    return { language, currency, isNew: chooses && (kept[0] !== language || kept[1] !== currency) };
  };

  return {
    currencies: Object.keys(perEuro),
    of(request) {
      const { language, currency } = choice(request);
      const dir = language === 'ar' ? 'rtl' : 'ltr';
      return { locale: language, dir, currency, rate: perEuro[currency] ?? 1, rateDate: rates.date };
    },
    cookie(request, secure) {
      // A page that is fetched ahead of a click has chosen nothing.
      if (String(request.headers['sec-purpose'] ?? '').includes('prefetch')) return undefined;
      const { language, currency, isNew } = choice(request);
      const end = `Path=/; Max-Age=${cookieMaxAgeSeconds}; SameSite=Lax${secure ? '; Secure' : ''}`;
      return isNew ? `${localeCookie}=${language}.${currency}; ${end}` : undefined;
    },
  };
};

const cookiePattern = /(?:^|;\s*)souk_locale=([a-z]{2})\.([A-Z]{3})(?:;|$)/;

const isLanguage = (text: string | null | undefined): text is Language =>
  typeof text === 'string' && Object.hasOwn(languages, text);

/** The language that the browser likes best among ours (RFC 9110, 12.5.4). */
const preferred = (header: string): Language => {
  const wishes = header.split(',').flatMap((item) => {
    const [, tag = '', quality = '1'] = /^\s*([a-z]{2,3})(?:-[a-z0-9-]+)?\s*(?:;\s*q=([0-9.]+))?\s*$/i.exec(item) ?? [];
    const language = tag.toLowerCase();
    return isLanguage(language) && Number(quality) > 0 ? [{ language, quality: Number(quality) }] : [];
  });
  return wishes.toSorted((a, b) => b.quality - a.quality)[0]?.language ?? 'en';
};
