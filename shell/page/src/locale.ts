import { emit, ShellLocaleChanged, type Locale } from '@souk/shared-events/browser';
import { words, type PageWords } from './words.ts';

/** What the gateway gives a page to speak. */
export interface LocaleData {
  readonly locale: Locale;
  readonly words: PageWords;
}

/** What `GET /locale` answers: beside that the texts of the document's frame, by the `data-t` of their elements. */
interface LocaleAnswer extends LocaleData {
  readonly frame: Readonly<Record<string, string>>;
}

/**
 * Says what the page speaks, before anybody else speaks, and changes it without a new document: everywhere at once, by
 * the one event. Without an answer of the gateway the link that was clicked loads a document, as it does without scripts.
 */
export const startLocale = (
  { locale, words: first }: LocaleData,
  { signal }: { readonly signal?: AbortSignal } = {},
): void => {
  let now = locale;
  let asked = 0;
  Object.assign(words, first);
  emit(window, new ShellLocaleChanged(locale));

  const show = (data: LocaleAnswer): void => {
    now = data.locale;
    Object.assign(words, data.words);
    Object.assign(document.documentElement, { lang: now.locale, dir: now.dir });
    for (const element of document.querySelectorAll<HTMLElement>('[data-t]')) {
      element.textContent = data.frame[element.dataset['t']!] ?? '';
    }
    for (const link of document.querySelectorAll<HTMLElement>('[data-choose]')) {
      const [, value] = link.dataset['choose']!.split('=');
      if (value === now.locale || value === now.currency) link.setAttribute('aria-current', 'true');
      else link.removeAttribute('aria-current');
    }
    const url = new URL(location.href);
    for (const name of ['lang', 'currency']) url.searchParams.delete(name);
    // The address must not choose again, what was not chosen last, when the page is loaded anew.
    if (url.href !== location.href) history.replaceState(history.state, '', url);
    emit(window, new ShellLocaleChanged(now));
  };

  const ask = async (choice: string): Promise<void> => {
    const mine = ++asked;
    const answer = await fetch(`/locale?${choice}`, { headers: { accept: 'application/json' } });
    if (!answer.ok) throw new Error(`the gateway answers ${answer.status}`);
    const data = (await answer.json()) as LocaleAnswer;
    if (mine === asked) show(data);
  };

  document.addEventListener(
    'click',
    (event) => {
      if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
      const link = event.target instanceof Element && event.target.closest<HTMLAnchorElement>('a[data-choose]');
      // What the gateway wrote into the document stays in its language: then the link loads a document.
      if (!link || document.querySelector('main [data-written]')) return;
      event.preventDefault();
      ask(link.dataset['choose']!).catch(() => location.assign(link.href));
    },
    { signal },
  );
  // Chosen in another tab, or on a page from which somebody comes back to this one.
  const look = (): void => {
    const [, language, currency] = /(?:^|; )souk_locale=([a-z]+)\.([A-Z]+)/.exec(document.cookie) ?? [];
    if (document.hidden || !language || (language === now.locale && currency === now.currency)) return;
    void ask('').catch(() => undefined);
  };
  window.addEventListener('pageshow', ({ persisted }) => persisted && look(), { signal });
  document.addEventListener('visibilitychange', look, { signal });
};
