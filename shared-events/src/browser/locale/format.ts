import { localeNow, type Language } from './locale-now.ts';

// Arabic with the digits 0 to 9: so stand order numbers, fields of numbers and titles of goods, and the Maghreb writes so.
const tags: Readonly<Record<Language, string>> = { en: 'en-IE', de: 'de-DE', ar: 'ar-u-nu-latn' };

const formats = new Map<string, unknown>();

/** Making a format takes a hundred times as long as using it. */
const cached = <Format>(key: string, make: () => Format): Format => {
  const known = formats.get(key) ?? make();
  formats.set(key, known);
  return known as Format;
};

/** BCP 47 tag for `Intl` of what is spoken now. */
export const intlTag = (language: Language = localeNow().locale): string => tags[language];

/** Cents as a price in a currency, by default in euro: what is charged. */
export const exactMoney = (cents: number, currency = 'EUR'): string =>
  cached(intlTag() + currency, () => new Intl.NumberFormat(intlTag(), { style: 'currency', currency })).format(
    cents / 100,
  );

/** Cents of EUR as the page shows prices: in another currency it is about so much, for the server charges euro. */
export const money = (cents: number): string => {
  const { currency, rate } = localeNow();
  return currency === 'EUR' ? exactMoney(cents) : `≈ ${exactMoney(cents * rate, currency)}`;
};

/** A number as it is written. */
export const number = (value: number, language?: Language): string =>
  cached(intlTag(language), () => new Intl.NumberFormat(intlTag(language))).format(value);

/** An ISO date or time as it is written. */
export const date = (iso: string, options: Intl.DateTimeFormatOptions): string =>
  cached(intlTag() + JSON.stringify(options), () => new Intl.DateTimeFormat(intlTag(), options)).format(new Date(iso));

/** How long something is ago (negative) or ahead: "3 hours ago". */
export const relative = (value: number, unit: Intl.RelativeTimeFormatUnit): string =>
  cached(`${intlTag()}ago`, () => new Intl.RelativeTimeFormat(intlTag(), { numeric: 'auto' })).format(value, unit);

/** The forms that a language has for counted things. */
export interface PluralForms {
  en: Readonly<Record<'one' | 'other', string>>;
  de: Readonly<Record<'one' | 'other', string>>;
  ar: Readonly<Record<Intl.LDMLPluralRule, string>>;
}

/** Makes the function that words of a language use for counted things: the right form, with `#` as the number. */
export const pluralOf =
  <Spoken extends Language>(language: Spoken) =>
  (count: number, forms: PluralForms[Spoken]): string => {
    const rules = cached(`${language}#`, () => new Intl.PluralRules(language));
    const form = (forms as Readonly<Record<string, string>>)[rules.select(count)] ?? '';
    return form.replace('#', number(count, language));
  };
