/** Browsers by what tells them apart in a `user-agent` header, the special ones before those they claim to be. */
const browsers: readonly (readonly [string, RegExp])[] = [
  ['Edge', /Edg(A|iOS)?\//],
  ['Opera', /OPR\//],
  ['Samsung Internet', /SamsungBrowser\//],
  ['Firefox', /(Firefox|FxiOS)\//],
  ['Chrome', /(Chrome|CriOS|Chromium)\//],
  ['Safari', /Safari\//],
];

const systems: readonly (readonly [string, RegExp])[] = [
  ['iPhone', /iPhone/],
  ['iPad', /iPad/],
  ['Android', /Android/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['ChromeOS', /CrOS/],
  ['Linux', /Linux/],
];

/** What a browser says it is, in words and roughly: for its owner to tell one from another, and never more than that. */
export const deviceIn = (userAgent: string | undefined): string => {
  const find = (all: readonly (readonly [string, RegExp])[]) => all.find(([, sign]) => sign.test(userAgent ?? ''))?.[0];
  const found = [find(browsers), find(systems)].filter((part) => part !== undefined);
  return found.length > 0 ? found.join(' on ') : 'Unknown browser';
};
