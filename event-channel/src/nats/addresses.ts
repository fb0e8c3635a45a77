import type { NodeConnectionOptions } from '@nats-io/transport-node';

/** Where servers are and who comes, as the client takes it: it reads no user from an address. */
export type Addresses = Pick<NodeConnectionOptions, 'user' | 'pass' | 'token'> & { readonly servers: string[] };

const credentials = /^(\w+:\/\/)(?:([^:@/]*)(?::([^@/]*))?@)?/;

/**
 * Reads `nats://user:password@host:port`, several with commas between or as a list; user and password are percent-encoded, and
 * those of the first address that has some count for all. A user alone is a token.
 * @returns addresses without them, fit for messages
 */
export function readAddresses(servers: string | readonly string[]): Addresses {
  const urls = typeof servers === 'string' ? servers.split(',') : servers;
  const addresses = urls.map((url) => url.replace(credentials, '$1'));
  const [, , user, pass] = urls.map((url) => credentials.exec(url)).find((found) => found?.[2]) ?? [];
  if (user === undefined) return { servers: addresses };
  const name = decodeURIComponent(user);
  return {
    servers: addresses,
    ...(pass === undefined ? { token: name } : { user: name, pass: decodeURIComponent(pass) }),
  };
}
