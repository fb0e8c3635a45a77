/** Room and time that event streams may take. */
export interface PushLimits {
  /** Bytes that wait for a reader before it is cut. @default 256 KiB */
  readonly maxBacklogBytes: number;
  /** Time between two beats of a stream; browsers give a silent one up after 15 s. @default 7_000 milliseconds */
  readonly beatMs: number;
  /** After this long the browser connects anew, plus up to a tenth. @default 10 minutes */
  readonly maxAgeMs: number;
  /** Streams of one session at one time. @default 10 */
  readonly maxPerSession: number;
  /** Messages that a reader may catch up on; one that missed more is told to fetch everything. @default 10_000 */
  readonly maxReplay: number;
  /** The least a browser waits before it connects again. @default 1_000 milliseconds */
  readonly retryMs: number;
  /** Browsers that come back in one second when all streams end at once: their waits are spread. @default 500 */
  readonly reconnectsPerSecond: number;
}

export const defaultPushLimits: PushLimits = {
  maxBacklogBytes: 256 * 1024,
  beatMs: 7_000,
  maxAgeMs: 10 * 60_000,
  maxPerSession: 10,
  maxReplay: 10_000,
  retryMs: 1_000,
  reconnectsPerSecond: 500,
};

/** Time over which so many browsers come back. */
export const spreadMs = (streams: number, { retryMs, reconnectsPerSecond }: PushLimits): number =>
  Math.max(retryMs, (streams / reconnectsPerSecond) * 1_000);
