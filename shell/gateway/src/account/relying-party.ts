/** The shop as authenticators know it; see {@link https://www.w3.org/TR/webauthn-3/#relying-party | WebAuthn}. */
export interface RelyingParty {
  readonly name: string;
  /** Host without port: passkeys are bound to it for good. */
  readonly id: string;
  readonly origin: string;
}

/** The shop at this address; `undefined` where browsers have no passkeys: neither https nor localhost, or a bare IP address. */
export const relyingParty = (origin: string): RelyingParty | undefined => {
  const { protocol, hostname } = new URL(origin);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  const isAddress = /^[\d.]+$|^\[/.test(hostname);
  if (!isLocal && (protocol !== 'https:' || isAddress)) return undefined;
  return { name: 'Souk', id: hostname, origin: new URL(origin).origin };
};
