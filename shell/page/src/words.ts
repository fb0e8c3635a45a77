/** What the page itself says when it has no server to ask: the original, overwritten by what the document brings. */
export const words = {
  tryAgain: 'Try again',
  reload: 'Reload the page',
  toStart: 'Back to the start',
  breakTitle: 'This page is taking a break',
  breakText: 'Something on our side did not answer. The rest of the shop still works, and nothing of yours is lost.',
  readOnly: 'You can read this page, but its buttons do not work yet.',
  notAvailable: 'Not available',
  noSuchPage: 'There is no such page',
  passkeys: {
    notPossible: 'Passkeys work over https or on localhost, in a browser that has them.',
    notDone: 'Nothing was done. Please try again when you are ready.',
    known: 'This device has a passkey for this account already.',
    otherAddress: 'Passkeys of this shop work at its own address only.',
    failed: 'Your browser could not do this. Please try again.',
  },
};

/** The page's own words in one language. */
export type PageWords = typeof words;
