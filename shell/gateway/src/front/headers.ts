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

/** What pages of some routes may do beyond what every page may: those that take in something of another company. */
export interface PolicyException {
  /** Paths of routes, as manifests have them: `/orders/:id`. */
  readonly routes: readonly string[];
  /** Sources that the page may talk to. */
  readonly connect: readonly string[];
  /** Sources of frames in the page. */
  readonly frame: readonly string[];
  /** Names of Trusted Types policies; `default` lets a script of theirs load its parts. */
  readonly trustedTypes: readonly string[];
}

/**
 * Content security policy of a page. `nonce` must be new for each answer.
 * @param devOrigins servers of a developer that this session takes modules from; they may be fetched from and, for
 * hot replacement, talked to by WebSocket
 */
export const pagePolicy = (
  nonce: string,
  exceptions: readonly PolicyException[] = [],
  devOrigins: readonly string[] = [],
): string => {
  const dev = devOrigins.map((origin) => ` ${origin}`).join('');
  const devSockets = devOrigins.map((origin) => ` ${origin.replace('http', 'ws')}`).join('');
  const more = (what: Exclude<keyof PolicyException, 'routes'>) =>
    exceptions.flatMap((exception) => exception[what].map((each) => ` ${each}`)).join('');
  const frame = more('frame');
  return [
    `default-src 'self'`,
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    `style-src 'self' 'nonce-${nonce}'${dev}`,
    `img-src 'self' data: https:${dev}`,
    `connect-src 'self'${more('connect')}${dev}${devSockets}`,
    `worker-src 'self'`,
    ...(frame === '' ? [] : [`frame-src 'self'${frame}`]),
    `object-src 'none'`,
    `base-uri 'none'`,
    `frame-ancestors 'none'`,
    `form-action 'self'`,
    `require-trusted-types-for 'script'`,
    `trusted-types lit-html vue svelte-trusted-html souk${more('trustedTypes')} 'allow-duplicates'`,
  ].join('; ');
};
