import { pluralOf } from '@souk/shared-events/browser';

const plural = pluralOf('en');

/** The bell's words in English: the keys that every language has. */
export const words = {
  title: 'Notifications',
  unreadCount: (count: number) => `Notifications, ${plural(count, { one: '# unread', other: '# unread' })}`,
  manyUnread: 'Notifications, more than 99 unread',
  cannotOpen: 'The notifications cannot be opened at the moment. Please try again.',
  close: 'Close',
  looking: 'Looking for news …',
  tryAgain: 'Try again',
  nothingNew: 'Nothing new.',
  whatFor: 'Here you hear how your orders go, of answers to your questions, and when something is back.',
  readAll: 'Mark all as read',
  fetching: 'Fetching …',
  older: 'Show older ones',
  unread: 'Unread:',
  putAway: (title: string) => `Put away: ${title}`,
  isAway: 'Put away.',
  undo: 'Undo',
  justNow: 'just now',
  problems: {
    list: 'Your notifications are not to be had at the moment.',
    older: 'The older ones are not to be had at the moment.',
    failed: 'That did not work.',
    subscribe: 'Your browser could not subscribe to messages.',
  },
  push: {
    heading: 'Also when the shop is closed?',
    text: 'We send a message when your order moves, somebody answers, or something is back. Nothing else.',
    enable: 'Send me messages',
    enabled: 'You get messages also when the shop is closed.',
    disable: 'Stop them',
    blocked: 'Your browser blocks messages of this shop. You can allow them in its settings for this site.',
  },
  offer: {
    text: 'Shall we also tell you when the shop is closed? Your browser will ask once more.',
    yes: 'Yes, please',
    no: 'No, thank you',
    on: 'We will.',
    blocked: 'Your browser does not allow it.',
    failed: 'That did not work.',
  },
  read: 'Read it',
  orders: {
    placed: { title: 'We have your order', text: 'You will hear when it is confirmed.' },
    confirmed: { title: 'Your order is confirmed', text: 'Thank you! It is being packed.' },
    'payment-declined': { title: 'Your card was declined', text: 'You can pay the order with another one.' },
    'payment-failed': { title: 'The payment did not go through', text: 'Your order was not placed.' },
    'sold-out': { title: 'Something was sold out', text: 'Your order was not placed.' },
    other: { title: 'Your order', text: 'There is news of it.' },
  },
  chat: { title: 'The shop answered', text: 'There is an answer to what you asked.' },
  restock: 'Back in stock',
  lower: 'A lower price in your cart',
  higher: 'A higher price in your cart',
  priceOf: (name: string, to: string, from: string) => `${name}: ${to} instead of ${from}`,
  something: 'Something you looked at',
};

/** What every language has to say. */
export type BellWords = typeof words;
