/** A row that the shop refused. */
export interface RefusedRow {
  /** Line of the file; the header is line 1. */
  readonly line: number;
  readonly reason: string;
}

/** A line of the answer to `POST /api/catalog/imports`. */
export interface ImportReport {
  readonly done: boolean;
  readonly rows: number;
  readonly products: number;
  /** Products that were new or had changed. */
  readonly published: number;
  /** Variants whose stock count was new or had changed. */
  readonly counted: number;
  /** Products that were there already, just so. */
  readonly unchanged: number;
  readonly errors: readonly RefusedRow[];
}

/** What an import came to. */
export interface ImportResult extends Omit<ImportReport, 'done'> {
  readonly file: string;
  readonly bytes: number;
  readonly seconds: number;
}

/** How far an import is. */
export interface ImportProgress {
  readonly sentBytes: number;
  readonly totalBytes: number;
  readonly products: number;
  readonly seconds: number;
}

/** Refused rows that are printed; the rest is only counted. */
const printedErrors = 20;

const number = new Intl.NumberFormat('en-US');

/** One line: how far it is and how fast it goes. */
export function progressOf({ sentBytes, totalBytes, products, seconds }: ImportProgress): string {
  const percent = Math.floor((100 * sentBytes) / totalBytes);
  return `${percent} % sent · ${count(products, 'product')} · ${number.format(Math.round(products / seconds))}/s`;
}

/**
 * The lines at the end.
 * @param hint whether to say how all refused rows can be had
 */
export function summaryOf(result: ImportResult, hint: boolean): string {
  const { rows, products, published, counted, unchanged, errors, seconds } = result;
  const rate = number.format(Math.round(products / seconds));
  return [
    ...errors.slice(0, printedErrors).map(({ line, reason }) => `line ${line}: ${reason}`),
    ...more(errors.length - printedErrors, hint),
    `${count(products, 'product')} in ${count(rows, 'row')}, read in ${seconds.toFixed(2)} s (${rate} products/s)`,
    `${number.format(published)} new or changed, ${number.format(unchanged)} unchanged, ` +
      `${count(counted, 'stock count')} new or changed`,
    ...(errors.length > 0 ? [`Warning: ${count(errors.length, 'row')} refused; the rest was taken.`] : []),
  ].join('\n');
}

function more(rest: number, hint: boolean): string[] {
  if (rest <= 0) return [];
  return [`and ${number.format(rest)} more${hint ? '; --errors FILE writes all' : ''}`];
}

function count(value: number, what: string): string {
  return `${number.format(value)} ${what}${value === 1 ? '' : 's'}`;
}
