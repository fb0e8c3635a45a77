/** How a proof is run. */
export interface ProofOptions {
  /** How often, for proofs that repeat something. */
  readonly runs: number;
  /** Start of the chance, for proofs that choose at random: the same seed makes the same choices. */
  readonly seed: number;
  /** A few checks only, for `npm test`. */
  readonly short: boolean;
  /** Says what has been seen so far, a line at a time. */
  readonly progress: (line: string) => void;
}

/** What a proof has found. */
export interface ProofResult {
  /** Checks of promises that were kept. */
  readonly passed: number;
  /** Checks of promises that were broken. */
  readonly failed: number;
  /** For people, at the end: a matrix, the broken promises. */
  readonly report: string;
}

/** Shows that the shop keeps a promise, by trying to make it break it. */
export type Proof = (options: ProofOptions) => Promise<ProofResult>;
