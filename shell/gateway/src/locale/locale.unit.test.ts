import { expect, it } from 'vitest';
import { createLocales } from './locale.ts';
import { localeLinks, pageLocale } from './switch.ts';

const locales = createLocales({ date: '2026-11-20', perEuro: { USD: 1.16 } });
const asked = (url: string, headers: Record<string, string> = {}) => {
  const { locale, currency } = locales.of({ url, headers });
  return `${locale} ${currency}`;
};

it('takes the language from the address, else from the cookie, else from the browser, else English', () => {
  const browser = { 'accept-language': 'fr, de;q=0.8, ar;q=0.9' };
  const both = { ...browser, cookie: 'other=1; souk_locale=de.USD' };
  expect(asked('/?lang=en', both)).toBe('en USD');
  expect(asked('/', both)).toBe('de USD');
  expect(asked('/', browser)).toBe('ar EUR');
  expect(asked('/')).toBe('en EUR');
});

it('takes nothing that it does not know from anybody', () => {
  for (const header of ['de;q=0', 'xx', '*', 'de;q=x', '\u0000']) {
    expect(asked('/', { 'accept-language': header })).toBe('en EUR');
  }
  expect(asked('/?lang=xx&currency=toString', { cookie: 'souk_locale=fr.JPY' })).toBe('en EUR');
  expect(asked('/?lang=constructor')).toBe('en EUR');
});

it('remembers a choice in a cookie, once, and nothing that was only fetched ahead', () => {
  const url = '/p/bowl?lang=ar';
  expect(locales.cookie({ url, headers: {} }, true)).toBe(
    'souk_locale=ar.EUR; Path=/; Max-Age=31536000; SameSite=Lax; Secure',
  );
  expect(locales.cookie({ url, headers: { cookie: 'souk_locale=ar.EUR' } }, true)).toBeUndefined();
  expect(locales.cookie({ url, headers: { 'sec-purpose': 'prefetch;prerender' } }, true)).toBeUndefined();
  expect(locales.cookie({ url: '/?lang=xx', headers: {} }, false)).toBeUndefined();
  expect(locales.cookie({ url: '/', headers: { 'accept-language': 'de' } }, false)).toBeUndefined();
});

it('gives the direction, and the rate with its day', () => {
  expect(locales.of({ url: '/?lang=ar&currency=USD', headers: {} })).toEqual({
    ...{ locale: 'ar', dir: 'rtl', currency: 'USD', rate: 1.16, rateDate: '2026-11-20' },
  });
});

it('says that another currency is only shown, and of which day the rate is', () => {
  const spoken = (url: string) => pageLocale(locales.of({ url, headers: {} })).frame['about'];
  expect(spoken('/?currency=EUR')).toBe('');
  expect(spoken('/?currency=USD')).toContain('20 November 2026');
  expect(spoken('/?currency=USD&lang=de')).toContain('20. November 2026');
  expect(spoken('/?currency=USD&lang=ar')).toContain('20 نوفمبر 2026');
});

it('keeps the rest of the query in the links that choose, as text', () => {
  const links = localeLinks(locales.of({ headers: {} }), locales.currencies, 'q="><b>&sort=price');
  expect(links).toContain('href="?q=&quot;&gt;&lt;b&gt;&amp;sort=price&amp;lang=de"');
  expect(links).toContain('href="?q=&quot;&gt;&lt;b&gt;&amp;sort=price&amp;currency=USD"');
  expect(links.match(/aria-current="true"/g)).toHaveLength(2);
});

it('offers no choice of currency where there is one alone', () => {
  const links = localeLinks(locales.of({ headers: {} }), ['EUR'], '');
  expect(links).toContain('lang=de');
  expect(links).not.toContain('souk-currency');
});
