import { RateLimited } from '@souk/service-kit';

/** What one key may do: so much at once, then one more each `refillMs` milliseconds. */
const burst = 30;
const refillMs = 2_000;
/** Keys that are remembered; the one that was not heard of for longest goes first. */
const mostKeys = 20_000;

/** Lets somebody do something, or says that it is too often. */
export interface RateLimit {
  /** @param key of a session, or an address @throws {RateLimited} */
  take(key: string, nowMs: number): void;
}

/** A bucket of tokens for each key. @param code what the error says, in a word and in words */
export const createRateLimit = (code: string, message: string): RateLimit => {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    take(key, nowMs) {
      const { tokens, atMs } = buckets.get(key) ?? { tokens: burst, atMs: nowMs };
      const left = Math.min(burst, tokens + (nowMs - atMs) / refillMs);
      buckets.delete(key);
      buckets.set(key, { tokens: Math.max(0, left - 1), atMs: nowMs });
      const [oldest] = buckets.keys();
      if (buckets.size > mostKeys && oldest !== undefined) buckets.delete(oldest);
      if (left < 1) throw new RateLimited(code, message, { retryAfterMs: refillMs });
    },
  };
};
