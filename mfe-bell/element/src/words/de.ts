import type { BellWords } from './en.ts';

/** The bell's words in German. */
export const words: BellWords = {
  title: 'Mitteilungen',
  close: 'Schließen',
  looking: 'Neuigkeiten werden geladen …',
  tryAgain: 'Erneut versuchen',
  nothingNew: 'Nichts Neues.',
  whatFor:
    'Hier erfahren Sie, wie es um Ihre Bestellungen steht, wann Ihre Fragen beantwortet sind und was wieder vorrätig ist.',
  readAll: 'Alle als gelesen markieren',
  fetching: 'Wird geladen …',
  older: 'Ältere anzeigen',
  unread: 'Ungelesen:',
  putAway: (title) => `Entfernen: ${title}`,
  isAway: 'Entfernt.',
  undo: 'Rückgängig',
  justNow: 'gerade eben',
  problems: {
    list: 'Ihre Mitteilungen sind gerade nicht abrufbar.',
    older: 'Die älteren Mitteilungen sind gerade nicht abrufbar.',
    failed: 'Das hat nicht geklappt.',
    subscribe: 'Ihr Browser konnte die Benachrichtigungen nicht einrichten.',
  },
  push: {
    heading: 'Auch benachrichtigen, wenn der Shop geschlossen ist?',
    text: 'Wir melden uns, wenn sich bei Ihrer Bestellung etwas tut, jemand antwortet oder etwas wieder vorrätig ist. Sonst nie.',
    enable: 'Benachrichtigungen erhalten',
    enabled: 'Sie erhalten Benachrichtigungen, auch wenn der Shop geschlossen ist.',
    disable: 'Benachrichtigungen beenden',
    blocked:
      'Ihr Browser blockiert Benachrichtigungen dieses Shops. Sie können sie in den Einstellungen für diese Website erlauben.',
  },
  offer: {
    text: 'Sollen wir Ihnen auch Bescheid geben, wenn der Shop geschlossen ist? Ihr Browser fragt noch einmal nach.',
    yes: 'Ja, bitte',
    no: 'Nein, danke',
    on: 'Das machen wir.',
    blocked: 'Ihr Browser lässt es nicht zu.',
    failed: 'Das hat nicht geklappt.',
  },
  read: 'Lesen',
  orders: {
    placed: { title: 'Ihre Bestellung ist eingegangen', text: 'Wir melden uns, sobald sie bestätigt ist.' },
    confirmed: { title: 'Ihre Bestellung ist bestätigt', text: 'Vielen Dank! Sie wird gerade verpackt.' },
    'payment-declined': {
      title: 'Ihre Karte wurde abgelehnt',
      text: 'Sie können die Bestellung mit einer anderen Karte bezahlen.',
    },
    'payment-failed': { title: 'Die Zahlung ist fehlgeschlagen', text: 'Ihre Bestellung wurde nicht aufgegeben.' },
    'sold-out': { title: 'Ein Artikel war ausverkauft', text: 'Ihre Bestellung wurde nicht aufgegeben.' },
    other: { title: 'Ihre Bestellung', text: 'Es gibt Neuigkeiten dazu.' },
  },
  chat: { title: 'Der Shop hat geantwortet', text: 'Es gibt eine Antwort auf Ihre Frage.' },
  restock: 'Wieder vorrätig',
  lower: 'Gesunkener Preis in Ihrem Warenkorb',
  higher: 'Gestiegener Preis in Ihrem Warenkorb',
  priceOf: (name, to, from) => `${name}: ${to} statt ${from}`,
  something: 'Ein Artikel, den Sie angesehen haben',
};
