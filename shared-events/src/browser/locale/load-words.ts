import { ShellLocaleChanged } from '../shell-locale-changed.ts';
import { listen } from '../runtime/listen.ts';
import { localeNow, type Language } from './locale-now.ts';

/** A micro frontend's words in the language of the page. */
export interface Words<Text> {
  /** The words of now. */
  (): Text;
  /** Calls when the page speaks another language, once its words are there, or shows another currency. */
  onChange(listener: () => void, signal?: AbortSignal): void;
}

/**
 * Loads the words of the page's language; another language is loaded when the page changes to it. On a server all of
 * them are there, and each render takes its own.
 * @throws what the import throws, for the first language; a later one that cannot be loaded leaves what is spoken
 */
export const loadWords = async <Text>(
  load: Readonly<Record<Language, () => Promise<{ readonly words: Text }>>>,
): Promise<Words<Text>> => {
  const known = new Map<Language, Text>();
  const listeners = new Set<() => void>();
  let spoken: Language = 'en';
  const get = async (language: Language): Promise<void> => {
    if (!known.has(language)) known.set(language, (await load[language]()).words);
  };

  if (typeof window === 'undefined') {
    await Promise.all((Object.keys(load) as Language[]).map(get));
  } else {
    spoken = localeNow().locale;
    await get(spoken);
    const follow = async (language: Language): Promise<void> => {
      await get(language);
      // Whoever was quicker to change again has the last word.
      if (localeNow().locale !== language) return;
      spoken = language;
      for (const listener of listeners) listener();
    };
    listen(ShellLocaleChanged, ({ locale }) => void follow(locale).catch((error: unknown) => reportError(error)));
  }

  const words = (): Text => known.get(typeof window === 'undefined' ? localeNow().locale : spoken)!;
  return Object.assign(words, {
    onChange: (listener: () => void, signal?: AbortSignal): void => {
      if (signal?.aborted) return;
      listeners.add(listener);
      signal?.addEventListener('abort', () => listeners.delete(listener));
    },
  });
};
