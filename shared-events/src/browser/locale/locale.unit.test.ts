import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { emit } from '../runtime/emit.ts';
import { retainedStates } from '../runtime/registries.ts';
import { ShellLocaleChanged } from '../shell-locale-changed.ts';
import { date, exactMoney, money, number, pluralOf, relative } from './format.ts';
import { loadWords } from './load-words.ts';
import { english, inLocale, type Locale } from './locale-now.ts';

const german: Locale = { ...english, locale: 'de' };
const arabic: Locale = { ...english, locale: 'ar', dir: 'rtl' };
const loaders = () => ({
  en: vi.fn(async () => ({ words: { cart: 'Cart' } })),
  de: vi.fn(async () => ({ words: { cart: 'Warenkorb' } })),
  ar: vi.fn(async () => ({ words: { cart: 'السلة' } })),
});

beforeEach(() => vi.stubGlobal('window', new EventTarget()));
afterEach(() => {
  vi.unstubAllGlobals();
  retainedStates().clear();
});

it('loads the words of the language of the page and no others', async () => {
  emit(window, new ShellLocaleChanged(german));
  const load = loaders();
  const words = await loadWords(load);
  expect(words().cart).toBe('Warenkorb');
  expect(load.en).not.toHaveBeenCalled();
  expect(load.ar).not.toHaveBeenCalled();
});

it('speaks the new language before it tells that it changed, and loads each language once', async () => {
  const load = loaders();
  const words = await loadWords(load);
  const heard: string[] = [];
  const changed = () => new Promise<void>((resolve) => words.onChange(resolve));
  words.onChange(() => heard.push(words().cart));
  for (const locale of [arabic, english, arabic]) {
    const done = changed();
    emit(window, new ShellLocaleChanged(locale));
    await done;
  }
  expect(heard).toEqual(['السلة', 'Cart', 'السلة']);
  expect([load.en, load.de, load.ar].map((each) => each.mock.calls.length)).toEqual([1, 0, 1]);
});

it('tells of another currency too', async () => {
  const words = await loadWords(loaders());
  const changed = new Promise<void>((resolve) => words.onChange(resolve));
  emit(window, new ShellLocaleChanged({ ...english, currency: 'USD', rate: 2 }));
  await changed;
  expect(money(150)).toBe('≈ US$3.00');
});

it('ends in the language that was chosen last, however long the words of another took', async () => {
  const late = Promise.withResolvers<{ words: { cart: string } }>();
  const words = await loadWords({ ...loaders(), ar: () => late.promise });
  const heard: string[] = [];
  words.onChange(() => heard.push(words().cart));
  emit(window, new ShellLocaleChanged(arabic));
  const german2 = new Promise<void>((resolve) => words.onChange(resolve));
  emit(window, new ShellLocaleChanged(german));
  await german2;
  late.resolve({ words: { cart: 'السلة' } });
  await late.promise;
  await Promise.resolve();
  expect(words().cart).toBe('Warenkorb');
  expect(heard).toEqual(['Warenkorb']);
});

it('tells nobody who has gone', async () => {
  const words = await loadWords(loaders());
  const gone = new AbortController();
  const listener = vi.fn();
  words.onChange(listener, gone.signal);
  gone.abort();
  const changed = new Promise<void>((resolve) => words.onChange(resolve));
  emit(window, new ShellLocaleChanged(german));
  await changed;
  expect(listener).not.toHaveBeenCalled();
});

it('speaks several languages at a time on a server', async () => {
  vi.unstubAllGlobals();
  const words = await loadWords(loaders());
  expect(inLocale(arabic, () => words().cart)).toBe('السلة');
  expect(inLocale(german, () => `${words().cart} ${money(1250)}`)).toBe('Warenkorb 12,50\u00a0€');
  expect(words().cart).toBe('Cart');
});

it('writes money, numbers, dates and ages as the language does, in Arabic with the digits 0 to 9', () => {
  const day = { dateStyle: 'long', timeZone: 'UTC' } as const;
  const all = () => [exactMoney(123450), number(1234.5), date('2026-11-23', day), relative(-1, 'day')];
  expect(inLocale(english, all)).toEqual(['€1,234.50', '1,234.5', '23 November 2026', 'yesterday']);
  expect(inLocale(german, all)).toEqual(['1.234,50\u00a0€', '1.234,5', '23. November 2026', 'gestern']);
  const arabicTexts = inLocale(arabic, all).join(' ');
  expect(arabicTexts).toContain('1,234.50');
  expect(arabicTexts).toContain('نوفمبر');
  expect(arabicTexts).not.toMatch(/[٠-٩]/);
});

it('says that a price in another currency is about so much', () => {
  const dirham: Locale = { ...german, currency: 'MAD', rate: 10 };
  expect(inLocale(dirham, () => money(1000))).toBe('≈ 100,00\u00a0MAD');
  expect(inLocale(dirham, () => exactMoney(1000))).toBe('10,00\u00a0€');
});

it('knows the six forms of Arabic', () => {
  const plural = pluralOf('ar');
  const forms = { zero: 'لا قطع', one: 'قطعة واحدة', two: 'قطعتان', few: '# قطع', many: '# قطعة', other: '# قطعة' };
  const said = [0, 1, 2, 3, 11, 100, 1000].map((count) => plural(count, forms));
  expect(said).toEqual(['لا قطع', 'قطعة واحدة', 'قطعتان', '3 قطع', '11 قطعة', '100 قطعة', '1,000 قطعة']);
});
