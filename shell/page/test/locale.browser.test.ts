import { expect } from '@open-wc/testing';
import { english, localeNow, retainedStates, type Locale } from '@souk/shared-events/browser';
import { startLocale } from '../src/locale.ts';
import { words } from '../src/words.ts';

const original = { ...words };
const german: Locale = { ...english, locale: 'de', dir: 'ltr', currency: 'USD', rate: 1.16, rateDate: '2026-11-20' };
const arabic: Locale = { ...german, locale: 'ar', dir: 'rtl' };
const answerIn = (locale: Locale) => ({
  ...{ locale, words: { ...original, tryAgain: `${locale.locale}: try again` } },
  frame: { promise: `${locale.locale}: promise` },
});
const fetchNow = window.fetch;
let ended: AbortController;
let asked: string[];
let frame: HTMLElement;

beforeEach(() => {
  ended = new AbortController();
  asked = [];
  window.fetch = async (input) => {
    asked.push(String(input));
    return Response.json(answerIn(String(input).includes('ar') ? arabic : german));
  };
  frame = document.createElement('footer');
  const promise = document.createElement('p');
  promise.dataset['t'] = 'promise';
  for (const choice of ['lang=en', 'lang=de', 'lang=ar', 'currency=USD']) {
    const link = document.createElement('a');
    link.href = `?${choice}`;
    link.dataset['choose'] = choice;
    frame.append(link);
  }
  frame.append(promise);
  document.body.append(frame);
  startLocale({ locale: english, words: original }, { signal: ended.signal });
});

afterEach(() => {
  ended.abort();
  frame.remove();
  window.fetch = fetchNow;
  Object.assign(words, original);
  Object.assign(document.documentElement, { lang: 'en', dir: 'ltr' });
  retainedStates().clear();
});

const choose = async (choice: string): Promise<void> => {
  const changed = new Promise((resolve) => window.addEventListener('shell:locale-changed', resolve, { once: true }));
  frame.querySelector<HTMLElement>(`[data-choose="${choice}"]`)!.click();
  await changed;
};

it('says what the page speaks before anybody asks', () => {
  expect(localeNow()).to.deep.equal(english);
});

it('changes the document, its own words and everybody else by one event', async () => {
  await choose('lang=ar');
  expect(asked).to.deep.equal(['/locale?lang=ar']);
  expect(localeNow()).to.deep.equal(arabic);
  expect([document.documentElement.lang, document.documentElement.dir]).to.deep.equal(['ar', 'rtl']);
  expect(words.tryAgain).to.equal('ar: try again');
  expect(frame.querySelector('p')!.textContent).to.equal('ar: promise');
  const current = [...frame.querySelectorAll<HTMLElement>('[aria-current]')].map(({ dataset }) => dataset['choose']);
  expect(current).to.deep.equal(['lang=ar', 'currency=USD']);
});

it('takes what chose before out of the address, and leaves the rest of it', async () => {
  const before = location.href;
  const url = new URL(before);
  url.searchParams.set('lang', 'en');
  url.searchParams.set('q', 'bowl');
  history.replaceState(null, '', url);
  await choose('lang=de');
  expect(new URL(location.href).searchParams.get('lang')).to.equal(null);
  expect(new URL(location.href).searchParams.get('q')).to.equal('bowl');
  history.replaceState(null, '', before);
});

it('changes when a page is seen again after another tab has chosen', async () => {
  document.cookie = 'souk_locale=de.USD; Path=/';
  const changed = new Promise((resolve) => window.addEventListener('shell:locale-changed', resolve, { once: true }));
  document.dispatchEvent(new Event('visibilitychange'));
  await changed;
  expect(asked).to.deep.equal(['/locale?']);
  document.cookie = 'souk_locale=; Path=/; Max-Age=0';
});
