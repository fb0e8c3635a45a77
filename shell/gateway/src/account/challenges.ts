import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** A page that stands open so long has to be loaded anew. */
const lifetimeMs = 30 * 60_000;

/** What an authenticator signs, so that its answer is good for one page of one session alone. */
export interface Challenges {
  /** @param purpose what the answer will be good for, and for whom: `register:cu_…` */
  make(purpose: string, sessionId: string): Uint8Array<ArrayBuffer>;
  /** Whether this is a challenge of ours, for this purpose and session, that is not over. @param text base64url */
  check(text: string, purpose: string, sessionId: string): boolean;
}

/**
 * Kept nowhere: a challenge is its own end and a random part, signed together with session and purpose. It cannot be used
 * twice, as signing in ends the session that it is bound to, and an authenticator is registered once.
 */
export const createChallenges = (secret: string, clock: () => Date): Challenges => {
  const mac = (head: Buffer, purpose: string, sessionId: string) =>
    createHmac('sha256', secret).update(`challenge:${purpose}:${sessionId}:`).update(head).digest();
  return {
    make(purpose, sessionId) {
      const head = Buffer.concat([Buffer.alloc(8), randomBytes(16)]);
      head.writeBigUInt64BE(BigInt(clock().getTime() + lifetimeMs));
      return new Uint8Array(Buffer.concat([head, mac(head, purpose, sessionId)]));
    },
    check(text, purpose, sessionId) {
      const bytes = Buffer.from(text, 'base64url');
      if (bytes.length !== 56) return false;
      const head = bytes.subarray(0, 24);
      const isOurs = timingSafeEqual(bytes.subarray(24), mac(head, purpose, sessionId));
      return isOurs && head.readBigUInt64BE() > BigInt(clock().getTime());
    },
  };
};
