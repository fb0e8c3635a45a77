/** One line of a benchmark's table. */
export interface Row {
  /** What is measured, with its unit: `emit + listen, µs per event`. */
  readonly figure: string;
  readonly measured: string;
  /** What it is compared with, measured in the same run; empty when there is none. */
  readonly baseline: string;
  /** Measured to baseline; empty when there is none. */
  readonly ratio: string;
  /** What must hold, as a reader would say it: `≤ 1.5 ×`. Empty for a figure that is only told. */
  readonly reach: string;
  /** Whether it holds. */
  readonly reached: boolean;
}

/** What a benchmark's module exports. */
export interface Benchmark {
  run(): Promise<readonly Row[]>;
}
