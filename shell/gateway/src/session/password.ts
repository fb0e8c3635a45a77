import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** How an attempt to sign in ended. */
export type Attempt =
  { readonly outcome: 'right' | 'wrong' } | { readonly outcome: 'later'; readonly retryAfterMs: number };

/** Checks the staff password, ever more slowly for an address that guesses. */
export interface PasswordCheck {
  try(password: string, address: string): Promise<Attempt>;
}

/** Wrong passwords that cost an address nothing. */
const freeFailures = 4;
const firstWaitMs = 2_000;
const longestWaitMs = 15 * 60_000;

/** Keeps failures in memory: a restart forgives, and the scrypt check itself keeps guessing slow. */
export const passwordCheck = (password: string, clock: () => Date): PasswordCheck => {
  const salt = randomBytes(16);
  const expected = derive(password, salt);
  const failures = new Map<string, { count: number; until: number }>();

  return {
    async try(given, address) {
      const now = clock().getTime();
      forgetOld(failures, now);
      const before = failures.get(address);
      if (before && before.until > now) return { outcome: 'later', retryAfterMs: before.until - now };
      // Counted before the slow check, so that many attempts at once do not all count as the first.
      const count = (before?.count ?? 0) + 1;
      const waitMs = count <= freeFailures ? 0 : Math.min(firstWaitMs * 2 ** (count - freeFailures - 1), longestWaitMs);
      failures.set(address, { count, until: now + waitMs });
      if (!timingSafeEqual(await derive(given, salt), await expected)) return { outcome: 'wrong' };
      failures.delete(address);
      return { outcome: 'right' };
    },
  };
};

const derive = (text: string, salt: Buffer): Promise<Buffer> =>
  (promisify(scrypt) as (text: string, salt: Buffer, length: number) => Promise<Buffer>)(text, salt, 32);

const forgetOld = (failures: Map<string, { until: number }>, now: number): void => {
  for (const [address, { until }] of failures) if (until + longestWaitMs < now) failures.delete(address);
};
