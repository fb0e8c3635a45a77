/** How fast one session may post: a bucket that holds `burst` tokens and gains `perMinute` of them a minute. */
export interface PostLimit {
  readonly burst: number;
  readonly perMinute: number;
}

/** What a person can type and a retry storm may repeat, and no flood. */
export const defaultPostLimit: PostLimit = { burst: 60, perMinute: 60 };

/** Sessions remembered before those with a full bucket are dropped. */
const rememberedSessions = 10_000;

/** Takes one token for this session: 0 when there was one, else the milliseconds until the next. */
export type TakeToken = (sessionId: string) => number;

/** A token bucket per session, in memory of this process. */
export function postLimit({ burst, perMinute }: PostLimit, clock: () => Date): TakeToken {
  const msPerToken = 60_000 / perMinute;
  const buckets = new Map<string, { tokens: number; atMs: number }>();
  const refilled = ({ tokens, atMs }: { tokens: number; atMs: number }, nowMs: number) =>
    Math.min(burst, tokens + Math.max(0, nowMs - atMs) / msPerToken);

  return (sessionId) => {
    const nowMs = clock().getTime();
    if (buckets.size > rememberedSessions) {
      for (const [id, bucket] of buckets) if (refilled(bucket, nowMs) >= burst) buckets.delete(id);
    }
    const tokens = refilled(buckets.get(sessionId) ?? { tokens: burst, atMs: nowMs }, nowMs);
    const taken = tokens >= 1;
    buckets.set(sessionId, { tokens: taken ? tokens - 1 : tokens, atMs: nowMs });
    return taken ? 0 : Math.ceil((1 - tokens) * msPerToken);
  };
}
