import type { Row } from '../row.ts';

/** What one more idle micro frontend may cost, in milliseconds. */
const reachMs = 1;

/** Times by size: how many micro frontends were registered → what each visit took, in milliseconds. */
export type TimesBySize = ReadonlyMap<number, readonly number[]>;

/** A figure with its standard error. */
interface Estimate {
  readonly value: number;
  readonly error: number;
}

/**
 * What one more idle micro frontend costs, by a straight line through all sizes; and how far the largest size lies above the
 * line through the smaller ones. Of each size the faster half of the visits counts, since whatever else the machine does
 * only adds to a time; the errors are those of the visits among themselves. At most linear = not above the line by more
 * than two standard errors.
 */
export function growthRows(what: string, times: TimesBySize): readonly Row[] {
  const { perMfe, excess } = growthOf(times);
  const row = (figure: string, { value, error }: Estimate, digits: number): Row => ({
    ...{ figure, measured: `${value.toFixed(digits)} ± ${(2 * error).toFixed(digits)}` },
    ...{ baseline: '', ratio: '', reach: '', reached: true },
  });
  return [
    {
      ...row(`${what}, ms per idle MFE`, perMfe, 3),
      ...{ reach: `< ${reachMs}`, reached: perMfe.value + 2 * perMfe.error < reachMs },
    },
    {
      ...row(`${what} with the most, ms above the line through the others`, excess, 1),
      ...{ reach: 'at most linear', reached: excess.value <= 2 * excess.error },
    },
  ];
}

/** Both figures, for at least three sizes. Pure. */
export function growthOf(times: TimesBySize): { readonly perMfe: Estimate; readonly excess: Estimate } {
  const points = [...times].toSorted(([a], [b]) => a - b).map(([size, all]) => pointOf(size, all));
  const [largest, smaller] = [points.at(-1)!, points.slice(0, -1)];
  const line = lineWeights(
    smaller.map(({ size }) => size),
    largest.size,
  );
  return {
    perMfe: combine(points, slopeWeights(points.map(({ size }) => size))),
    excess: combine([largest, ...smaller], [1, ...line.map((weight) => -weight)]),
  };
}

interface Point {
  readonly size: number;
  readonly mean: number;
  /** Variance of the mean. */
  readonly variance: number;
}

function pointOf(size: number, all: readonly number[]): Point {
  const values = all.toSorted((a, b) => a - b).slice(0, Math.ceil(all.length / 2));
  const mean = meanOf(values);
  const spread = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { size, mean, variance: spread / values.length };
}

/** Least squares: the slope as a weighted sum of the values at these sizes. */
function slopeWeights(sizes: readonly number[]): readonly number[] {
  const centre = meanOf(sizes);
  const spread = sizes.reduce((sum, size) => sum + (size - centre) ** 2, 0);
  return sizes.map((size) => (size - centre) / spread);
}

/** Least squares: what the line says at `at`, as a weighted sum of the values at these sizes. */
function lineWeights(sizes: readonly number[], at: number): readonly number[] {
  const centre = meanOf(sizes);
  return slopeWeights(sizes).map((weight) => 1 / sizes.length + weight * (at - centre));
}

function combine(points: readonly Point[], weights: readonly number[]): Estimate {
  const value = points.reduce((sum, { mean }, n) => sum + weights[n]! * mean, 0);
  return { value, error: Math.sqrt(points.reduce((sum, { variance }, n) => sum + weights[n]! ** 2 * variance, 0)) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
