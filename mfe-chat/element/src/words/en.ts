import { pluralOf } from '@souk/shared-events/browser';

const plural = pluralOf('en');

/** The conversation's words in English, and the keys that every language has. */
export const words = {
  tryAgain: 'Try again',
  discard: 'Discard',
  write: 'Write to the shop',
  message: 'Message',
  messages: 'Messages',
  send: 'Send',
  attach: 'Attach pictures or a PDF',
  charactersLeft: (count: number) => plural(count, { one: '# character left', other: '# characters left' }),
  charactersOver: (count: number) => plural(count, { one: '# character too many', other: '# characters too many' }),
  welcome: 'What would you like to know?',
  welcomeText: 'A person reads every question. It stays here, so you can come back for the answer.',
  starters: 'Questions to begin with',
  about: 'About',
  somethingElse: 'Ask about something else',
  order: 'Order',
  orderName: (id: string) => `Order ${id}`,
  product: 'Product',
  soldOut: 'Sold out',
  notInShop: 'Not in the shop',
  from: (price: string) => `from ${price}`,
  attachments: 'Attachments',
  filesToSend: 'Files to send',
  sendingFile: (name: string) => `Sending ${name}`,
  tryAgainFile: (name: string) => `Try again: ${name}`,
  removeFile: (name: string) => `Remove ${name}`,
  tooLarge: 'A file may have up to 8 MB.',
  notSentOnline: 'It could not be sent. Are you online?',
  notSent: 'It could not be sent.',
  erased: 'This message has been erased',
  notLoaded: 'The conversation could not be loaded.',
  loading: 'Loading…',
  earlier: 'Earlier messages',
  latest: 'Latest messages',
  isWriting: (name: string) => `${name} is writing`,
  today: 'Today',
  yesterday: 'Yesterday',
  names: {
    you: 'You',
    shop: 'The shop',
    automatic: 'The shop, automatic answer',
  },
  progress: {
    sending: 'Sending…',
    waiting: 'Waiting for a connection',
    failed: 'Not sent.',
    sent: 'Sent',
    delivered: 'Delivered',
    read: 'Read',
  },
  presence: {
    offline: 'You are offline. What you write is kept and sent when you are back.',
    staffed: 'Somebody is at the desk.',
    away: 'Nobody is at the desk this minute. We answer here.',
    closed: (opens: string) => `We are back ${opens}. Your question is kept.`,
    at: (time: string) => `at ${time}`,
    tomorrow: (time: string) => `tomorrow at ${time}`,
    on: (day: string, time: string) => `on ${day} at ${time}`,
  },
  questions: {
    product: ['Is this in stock right now?', 'How is it made, and where?', 'How do I look after it?'],
    order: ['When will my order arrive?', 'Can I still change the address?', 'How do returns work?'],
    any: ['Which tiles suit a kitchen wall?', 'Do you ship to my country?', 'How do returns work?'],
  },
};

/** Words of the conversation in one language. */
export type ChatWords = typeof words;
