import { localeNow, number, pluralOf, type Language } from '@souk/shared-events/browser';

interface MiniWords {
  readonly cart: string;
  readonly empty: string;
  readonly items: (count: number) => string;
  readonly didNotWork: string;
  readonly ourFault: string;
  readonly unreachable: string;
  readonly stillRunning: string;
}

/**
 * All languages together: few texts are smaller than the request for a file of their own, they are on every page, and some
 * must be there when nothing can be loaded.
 */
const words: Readonly<Record<Language, MiniWords>> = {
  en: {
    cart: 'Cart',
    empty: 'Cart, empty',
    items: (count) => `Cart, ${pluralOf('en')(count, { one: '# item', other: '# items' })}`,
    didNotWork: 'That did not work. Please try again.',
    ourFault: 'Something went wrong on our side.',
    unreachable: 'The shop cannot be reached. Check your connection.',
    stillRunning: 'This is still under way. Please try again in a moment.',
  },
  de: {
    cart: 'Warenkorb',
    empty: 'Warenkorb, leer',
    items: (count) => `Warenkorb, ${number(count)} Artikel`,
    didNotWork: 'Das hat nicht geklappt. Bitte versuchen Sie es noch einmal.',
    ourFault: 'Bei uns ist etwas schiefgegangen.',
    unreachable: 'Der Shop ist nicht erreichbar. Bitte prüfen Sie Ihre Verbindung.',
    stillRunning: 'Das ist noch in Arbeit. Bitte versuchen Sie es gleich noch einmal.',
  },
  ar: {
    cart: 'السلة',
    empty: 'السلة، فارغة',
    items: (count) =>
      `السلة، ${pluralOf('ar')(count, {
        zero: 'فارغة',
        one: 'قطعة واحدة',
        two: 'قطعتان',
        few: '# قطع',
        many: '# قطعة',
        other: '# قطعة',
      })}`,
    didNotWork: 'تعذّر تنفيذ ذلك. يُرجى المحاولة مرة أخرى.',
    ourFault: 'حدث خطأ من جانبنا.',
    unreachable: 'تعذّر الوصول إلى المتجر. تحقّق من اتصالك.',
    stillRunning: 'ما زال هذا قيد التنفيذ. يُرجى المحاولة بعد لحظات.',
  },
};

/** The few words that are needed on every page, in its language. */
export const miniWords = (): MiniWords => words[localeNow().locale];

/** What the link to the cart is called. @param count pieces in it; `undefined` = not known */
export const cartLabel = (count: number | undefined): string => {
  const { cart, empty, items } = miniWords();
  if (count === undefined) return cart;
  return count === 0 ? empty : items(count);
};
