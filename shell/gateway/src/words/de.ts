import type { Words } from './en.ts';

/** The gateway's words in German. */
export const words: Words = {
  skip: 'Zum Inhalt springen',
  pages: 'Seiten',
  promise: 'Souk: handgefertigte Waren, alle Preise inklusive Steuern.',
  yourAccount: 'Ihr Konto',
  forStaff: 'Für Mitarbeitende',
  desk: 'Kundenservice',
  events: 'Ereignisse',
  signOut: 'Abmelden',
  language: 'Sprache',
  currency: 'Währung',
  about: (currency, day) => `Preise in ${currency} sind Richtwerte zum Kurs vom ${day}. Sie zahlen in Euro.`,
  needsScript:
    'Diese Seite benötigt JavaScript. Auch ohne können Sie sich umsehen und den Warenkorb füllen; nichts darin geht verloren.',
  errors: {
    403: 'Das ist von hier aus nicht möglich',
    404: 'Diese Seite finden wir nicht',
    409: 'Das hat nicht geklappt',
    410: 'Diesen Artikel führen wir nicht mehr',
    413: 'Das war zu groß',
    429: 'Zu viele Versuche',
    500: 'Bei uns ist etwas schiefgegangen',
    503: 'Dieser Teil des Shops macht gerade Pause',
  },
  noSuchPage: 'Unter dieser Adresse gibt es keine Seite.',
  goBack: 'Zurück',
  toShop: 'Zum Shop',
  page: {
    tryAgain: 'Erneut versuchen',
    reload: 'Seite neu laden',
    toStart: 'Zur Startseite',
    breakTitle: 'Diese Seite macht gerade Pause',
    breakText:
      'Etwas auf unserer Seite hat nicht geantwortet. Der übrige Shop funktioniert weiter, und nichts von Ihnen geht verloren.',
    readOnly: 'Sie können diese Seite lesen, die Schaltflächen funktionieren aber noch nicht.',
    notAvailable: 'Nicht verfügbar',
    noSuchPage: 'Diese Seite gibt es nicht',
  },
};
