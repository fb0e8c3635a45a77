import type { ServerResponse } from 'node:http';

/** On every answer, whoever writes it. */
const always: readonly (readonly [string, string])[] = [
  ['x-content-type-options', 'nosniff'],
  ['referrer-policy', 'strict-origin-when-cross-origin'],
  ['cross-origin-opener-policy', 'same-origin'],
  ['cross-origin-resource-policy', 'same-origin'],
  [
    'permissions-policy',
    'accelerometer=(), browsing-topics=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), ' +
      'microphone=(), midi=(), payment=(), serial=(), usb=()',
  ],
  // An answer that is not a page has nothing to run, whatever a browser takes it for; pages overwrite this.
  ['content-security-policy', "default-src 'none'; frame-ancestors 'none'; sandbox"],
];

/** Sets the headers that every answer carries; called before anybody else touches the answer. */
export const setSecurityHeaders = (res: ServerResponse, secure: boolean): void => {
  for (const [name, value] of always) res.setHeader(name, value);
  if (secure) res.setHeader('strict-transport-security', 'max-age=63072000; includeSubDomains');
};

/** Content security policy of a page. `nonce` must be new for each answer. */
export const pagePolicy = (nonce: string): string =>
  [
    `default-src 'self'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src 'self' data: https:`,
    `connect-src 'self'`,
    `worker-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `form-action 'self'`,
    `require-trusted-types-for 'script'`,
    `trusted-types lit-html vue svelte-trusted-html souk 'allow-duplicates'`,
  ].join('; ');
