/** The gateway's words in English: the keys that every language has. */
export const words = {
  skip: 'Skip to the content',
  pages: 'Pages',
  promise: 'Souk: handmade goods, and every price with its taxes.',
  yourAccount: 'Your account',
  forStaff: 'For the staff',
  desk: 'The desk',
  events: 'Events',
  signOut: 'Sign out',
  language: 'Language',
  currency: 'Currency',
  about: (currency: string, day: string) =>
    `Prices in ${currency} are approximate, by the rate of ${day}. You pay in euro.`,
  needsScript: 'This page needs JavaScript. Without it you can look around and fill the cart; nothing in it is lost.',
  errors: {
    403: 'That is not possible from here',
    404: 'We cannot find this page',
    409: 'That did not work',
    410: 'This is not sold any more',
    413: 'That was too large',
    429: 'Too many attempts',
    500: 'Something went wrong on our side',
    503: 'This part of the shop is having a rest',
  },
  noSuchPage: 'There is no page under this address.',
  goBack: 'Go back',
  toShop: 'To the shop',
  /** What the page's own script says. */
  page: {
    tryAgain: 'Try again',
    reload: 'Reload the page',
    toStart: 'Back to the start',
    breakTitle: 'This page is taking a break',
    breakText: 'Something on our side did not answer. The rest of the shop still works, and nothing of yours is lost.',
    readOnly: 'You can read this page, but its buttons do not work yet.',
    notAvailable: 'Not available',
    noSuchPage: 'There is no such page',
  },
};

/** What every language has to say. */
export type Words = typeof words;
