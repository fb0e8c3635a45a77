import type { Answer, Cell } from '../http/query.ts';

/** Charts that there are. */
export type ChartKind = 'timechart' | 'barchart';

/** A line of a time chart; points in the order of their times. */
export interface TimeSeries {
  readonly name: string;
  readonly points: readonly (readonly [ms: number, value: number])[];
}

/** Values over time. */
export interface TimeChart {
  readonly kind: 'timechart';
  readonly series: readonly TimeSeries[];
}

/** Values by name; each bar has one value for each series. */
export interface BarChart {
  readonly kind: 'barchart';
  readonly series: readonly string[];
  readonly bars: readonly { readonly name: string; readonly values: readonly number[] }[];
}

/** More series could not be told apart, more bars not be read. */
const maxSeries = 6;
const maxBars = 40;

/**
 * What there is to draw in an answer, as Kusto does it: a time chart takes the first column of times, and one line for
 * each column of numbers, and for each text of the first other column; a bar chart takes the names of the first column
 * that is no number.
 * @returns a sentence when the answer has not what the chart needs
 */
export function chartOf(
  { columns, rows }: Pick<Answer, 'columns' | 'rows'>,
  kind: ChartKind,
): TimeChart | BarChart | string {
  const isNumber = columns.map((_, index) => hasOnly(rows, index, (cell) => typeof cell === 'number'));
  const isTime = columns.map((_, index) => hasOnly(rows, index, isTimeText));
  const numbers = columns.flatMap((_, index) => (isNumber[index] ? [index] : []));
  const texts = columns.flatMap((_, index) => (isNumber[index] || isTime[index] ? [] : [index]));
  if (rows.length === 0) return 'There are no rows to draw.';
  if (kind === 'timechart') {
    const time = isTime.indexOf(true);
    if (time < 0) return 'A time chart needs a column of times.';
    if (numbers.length === 0) return 'A time chart needs a column of numbers.';
    return { kind, series: seriesOf({ columns, rows }, time, numbers, texts[0]) };
  }
  const name = isNumber.indexOf(false);
  const values = (name < 0 ? numbers.slice(1) : numbers).slice(0, maxSeries);
  if (values.length === 0) return 'A bar chart needs a column of names and one of numbers.';
  return {
    kind,
    series: values.map((index) => columns[index]?.name ?? ''),
    bars: rows.slice(0, maxBars).map((row) => ({
      name: String(row[Math.max(name, 0)] ?? '(none)'),
      values: values.map((index) => Number(row[index] ?? 0)),
    })),
  };
}

/** Round steps of an axis from 0, or below, to the largest value: at most `count` + 2 of them. */
export function ticksOf(smallest: number, largest: number, count: number): readonly number[] {
  const [low, high] = [Math.min(0, smallest), Math.max(0, largest)];
  const span = high - low || 1;
  const raw = span / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= raw) ?? 10) * power;
  const ticks: number[] = [];
  for (let n = Math.floor(low / step); n * step < high + step; n += 1) ticks.push(Number((n * step).toPrecision(12)));
  return ticks;
}

function seriesOf(
  { columns, rows }: Pick<Answer, 'columns' | 'rows'>,
  time: number,
  numbers: readonly number[],
  text: number | undefined,
): readonly TimeSeries[] {
  const names = new Map<string, [number, number][]>();
  for (const row of rows) {
    const group = text === undefined ? undefined : String(row[text] ?? '(none)');
    for (const index of numbers) {
      const column = columns[index]?.name ?? '';
      const name = group === undefined ? column : numbers.length === 1 ? group : `${group}, ${column}`;
      const value = row[index];
      if (typeof value !== 'number') continue;
      const points = names.get(name) ?? [];
      points.push([Date.parse(String(row[time])), value]);
      names.set(name, points);
    }
  }
  return [...names]
    .slice(0, maxSeries)
    .map(([name, points]) => ({ name, points: points.toSorted(([a], [b]) => a - b) }));
}

function hasOnly(rows: Answer['rows'], index: number, fits: (cell: Cell) => boolean): boolean {
  const cells = rows.map((row) => row[index] ?? null).filter((cell) => cell !== null);
  return cells.length > 0 && cells.every(fits);
}

function isTimeText(cell: Cell): boolean {
  return typeof cell === 'string' && /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)/.test(cell) && !Number.isNaN(Date.parse(cell));
}
