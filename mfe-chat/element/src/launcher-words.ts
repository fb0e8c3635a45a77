import { localeNow, type Language } from '@souk/shared-events/browser';

interface LauncherWords {
  readonly ask: string;
  readonly stays: string;
  readonly close: string;
  readonly opening: string;
  readonly cannotOpen: string;
  readonly tryAgain: string;
  readonly reload: string;
  /** Behind the number. */
  readonly unread: string;
}

/** All languages together: few texts are smaller than the request for a file of their own, and they are on every page. */
const words: Readonly<Record<Language, LauncherWords>> = {
  en: {
    ask: 'Ask the shop',
    stays: 'Your questions and our answers stay here.',
    close: 'Close',
    opening: 'Opening…',
    cannotOpen: 'The conversation could not be opened.',
    tryAgain: 'Try again',
    reload: 'Reload the page',
    unread: ' unread',
  },
  de: {
    ask: 'Den Shop fragen',
    stays: 'Ihre Fragen und unsere Antworten bleiben hier.',
    close: 'Schließen',
    opening: 'Wird geöffnet …',
    cannotOpen: 'Das Gespräch konnte nicht geöffnet werden.',
    tryAgain: 'Erneut versuchen',
    reload: 'Seite neu laden',
    unread: ' ungelesen',
  },
  ar: {
    ask: 'اسأل المتجر',
    stays: 'تبقى أسئلتك وإجاباتنا هنا.',
    close: 'إغلاق',
    opening: 'جارٍ الفتح…',
    cannotOpen: 'تعذّر فتح المحادثة.',
    tryAgain: 'حاول مرة أخرى',
    reload: 'إعادة تحميل الصفحة',
    unread: ' غير مقروء',
  },
};

/** The launcher's words in the language of the page. */
export const launcherWords = (): LauncherWords => words[localeNow().locale];
