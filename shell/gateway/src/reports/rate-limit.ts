import { RateLimited } from '@souk/service-kit';

/** What one session may tell: so many reports at once, then one more each `refillMs` milliseconds. */
const burst = 30;
const refillMs = 2_000;
/** Sessions that are remembered; the one that was not heard of for longest goes first. */
const mostSessions = 20_000;

/** Lets a session tell, or says that it tells too much. */
export interface ReportLimit {
  /** @throws {RateLimited} */
  take(sessionId: string, nowMs: number): void;
}

/** A bucket of tokens for each session. */
export const createReportLimit = (): ReportLimit => {
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  return {
    take(sessionId, nowMs) {
      const { tokens, atMs } = buckets.get(sessionId) ?? { tokens: burst, atMs: nowMs };
      const left = Math.min(burst, tokens + (nowMs - atMs) / refillMs);
      buckets.delete(sessionId);
      buckets.set(sessionId, { tokens: Math.max(0, left - 1), atMs: nowMs });
      const [oldest] = buckets.keys();
      if (buckets.size > mostSessions && oldest !== undefined) buckets.delete(oldest);
      if (left < 1) throw new RateLimited('too-many-reports', 'this page tells too much', { retryAfterMs: refillMs });
    },
  };
};
