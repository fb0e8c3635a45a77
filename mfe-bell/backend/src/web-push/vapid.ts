import { createPrivateKey, sign, type KeyObject } from 'node:crypto';

/** A P-256 key pair: who we are to push services. Both are base64url, as RFC 8292 and browsers have them. */
export interface VapidKeys {
  /** 65 bytes: the point, not compressed. */
  readonly publicKey: string;
  /** 32 bytes. */
  readonly privateKey: string;
}

/** Who says that a message is ours. */
export interface Sender {
  readonly keys: VapidKeys;
  /** `mailto:` or `https:`. */
  readonly contact: string;
}

/** A token is good for so long; services accept up to 24 hours. */
const lifetimeMs = 12 * 3_600_000;

/**
 * Value of the `authorization` header of a message to an endpoint.
 * @see https://www.rfc-editor.org/rfc/rfc8292
 */
export function vapidHeader({ keys, contact }: Sender, endpoint: URL, nowMs: number): string {
  const claims = { aud: endpoint.origin, exp: Math.floor((nowMs + lifetimeMs) / 1000), sub: contact };
  const head = `${part({ typ: 'JWT', alg: 'ES256' })}.${part(claims)}`;
  const signature = sign('sha256', Buffer.from(head), { key: privateKeyOf(keys), dsaEncoding: 'ieee-p1363' });
  return `vapid t=${head}.${signature.toString('base64url')}, k=${keys.publicKey}`;
}

function privateKeyOf({ publicKey, privateKey }: VapidKeys): KeyObject {
  const point = Buffer.from(publicKey, 'base64url');
  const [x, y] = [point.subarray(1, 33), point.subarray(33, 65)].map((half) => half.toString('base64url'));
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', x, y, d: privateKey }, format: 'jwk' });
}

function part(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
