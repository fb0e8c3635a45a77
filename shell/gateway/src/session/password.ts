import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

/** How an attempt to sign in ended. */
export type Attempt =
  { readonly outcome: 'right' | 'wrong' } | { readonly outcome: 'later'; readonly retryAfterMs: number };

/** Checks the staff password, ever more slowly for an address that guesses. */
export interface PasswordCheck {
  try(password: string, address: string): Promise<Attempt>;
}

/**
 * argon2id as OWASP recommends it: 19 MiB, two passes, one lane
 * ({@link https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html | Password Storage}).
 */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 };

/** Wrong passwords that cost an address nothing. */
const freeFailures = 4;
const firstWaitMs = 2_000;
const longestWaitMs = 15 * 60_000;

/** Keeps failures in memory: a restart forgives, and the check itself keeps guessing slow. */
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

const derive = (text: string, nonce: Buffer): Promise<Buffer> =>
  promisify(argon2)('argon2id', { message: text, nonce, ...cost });

const forgetOld = (failures: Map<string, { until: number }>, now: number): void => {
  for (const [address, { until }] of failures) if (until + longestWaitMs < now) failures.delete(address);
};
