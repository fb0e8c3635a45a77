import { RateLimited } from '@souk/service-kit';

/** How much one session may ask to be kept: so many at once, then so many a minute. */
const [burst, perMinute] = [30, 30];

/** Sessions remembered before those that may do anything again are dropped. */
const rememberedSessions = 10_000;

/** Takes one from what this session may do. @throws {RateLimited} */
export type TakeTurn = (sessionId: string) => void;

/** A token bucket per session, in memory of this process. */
export function writeLimit(clock: () => Date): TakeTurn {
  const msPerToken = 60_000 / perMinute;
  const buckets = new Map<string, { readonly tokens: number; readonly atMs: number }>();
  const now = (id: string, nowMs: number) => {
    const { tokens, atMs } = buckets.get(id) ?? { tokens: burst, atMs: nowMs };
    return Math.min(burst, tokens + Math.max(0, nowMs - atMs) / msPerToken);
  };

  return (sessionId) => {
    const nowMs = clock().getTime();
    if (buckets.size > rememberedSessions)
      for (const id of buckets.keys()) if (now(id, nowMs) >= burst) buckets.delete(id);
    const tokens = now(sessionId, nowMs);
    if (tokens < 1) {
      const retryAfterMs = Math.ceil((1 - tokens) * msPerToken);
      throw new RateLimited('rate-limited', 'That is very much at once. Please wait a moment.', { retryAfterMs });
    }
    buckets.set(sessionId, { tokens: tokens - 1, atMs: nowMs });
  };
}
