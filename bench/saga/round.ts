/** What one contender did in one round. */
export interface Round {
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Of the contender's own process, per saga; a database or server beside it is not counted. */
  readonly cpuMs: number;
}
