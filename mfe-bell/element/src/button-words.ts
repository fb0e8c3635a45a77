import { localeNow, type Language } from '@souk/shared-events/browser';

/** More than so many are told as more. */
const most = 99;

interface ButtonWords {
  readonly title: string;
  readonly unread: (shown: string) => string;
  readonly cannotOpen: string;
}

/** All languages together: few texts are smaller than the request for a file of their own, and they are on every page. */
const words: Readonly<Record<Language, ButtonWords>> = {
  en: {
    title: 'Notifications',
    unread: (shown) => `Notifications, ${shown} unread`,
    cannotOpen: 'The notifications cannot be opened at the moment. Please try again.',
  },
  de: {
    title: 'Mitteilungen',
    unread: (shown) => `Mitteilungen, ${shown} ungelesen`,
    cannotOpen: 'Die Mitteilungen lassen sich gerade nicht öffnen. Bitte versuchen Sie es noch einmal.',
  },
  ar: {
    title: 'الإشعارات',
    unread: (shown) => `الإشعارات، ${shown} غير مقروء`,
    cannotOpen: 'تعذّر فتح الإشعارات حاليًا. يُرجى المحاولة مرة أخرى.',
  },
};

/** What the bell is called. */
export const bellLabel = (unread: number): string => {
  const said = words[localeNow().locale];
  return unread === 0 ? said.title : said.unread(badgeText(unread));
};

/** The number as the badge shows it. */
export const badgeText = (unread: number): string => (unread > most ? `${most}+` : `${unread}`);

/** Said when the centre could not be loaded. */
export const cannotOpen = (): string => words[localeNow().locale].cannotOpen;
