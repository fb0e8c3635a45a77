/** Counts since the start of the process. */
export interface PushCounts {
  opened: number;
  /** Messages written to streams: one for each stream that heard it. */
  sent: number;
  /** Of these, messages that had been missed. */
  replayed: number;
  resets: number;
  /** Times the log was read anew because it had grown without a word. */
  gaps: number;
  /** Signals of the moment written to streams: one for each stream that heard it. */
  now: number;
  /** Of those, the ones that a slow reader was spared. */
  nowDropped: number;
}
