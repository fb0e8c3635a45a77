import { CommandFailed } from '../errors.ts';
import { sentenceOf, type StaffRequest } from '../shop/as-staff.ts';
import { linesOf } from '../shop/lines-of.ts';

/** An answer of the query language. */
export interface Answer {
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly rows: readonly (readonly unknown[])[];
  /** Position of the log that it is true at. */
  readonly position: number;
  readonly durationMs: number;
  readonly truncated?: 'rows' | 'bytes';
  readonly render?: string;
}

/** What `POST /api/events/query` takes. */
export interface Question {
  readonly sql?: string;
  readonly kql?: string;
  readonly params?: readonly unknown[];
  readonly asOf?: string | number;
  readonly format?: 'csv';
}

type Last = { readonly done: boolean; readonly error?: { readonly detail?: string } } & Pick<
  Answer,
  'durationMs' | 'truncated'
>;

/** @throws {CommandFailed} with what the shop says */
export async function query(request: StaffRequest, question: Question): Promise<Answer> {
  const response = await request('/api/events/query', { json: question });
  const rows: unknown[][] = [];
  let head: Pick<Answer, 'columns' | 'position' | 'render'> | undefined;
  let last: Last | undefined;
  for await (const line of linesOf(response.body)) {
    const value = JSON.parse(line) as unknown;
    if (Array.isArray(value)) rows.push(value);
    else if (head === undefined) head = value as Answer;
    else last = value as Last;
  }
  if (last?.error) throw new CommandFailed(sentenceOf(last.error) ?? 'the query failed');
  if (head === undefined || last?.done !== true)
    throw new CommandFailed('the shop went away in the middle of its answer');
  const { durationMs, truncated } = last;
  return { ...head, rows, durationMs, ...(truncated && { truncated }) };
}

/** An answer as a table for people. */
export function tableOf({ columns, rows, position, durationMs, truncated }: Answer): string {
  const cells = [columns.map(({ name }) => name), ...rows.map((row) => row.map(cellOf))];
  const widths = columns.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? '').length)));
  const isNumber = columns.map(({ type }) => type === 'integer' || type === 'real');
  const lineOf = (row: readonly string[]) =>
    row
      .map((cell, index) => (isNumber[index] ? cell.padStart(widths[index] ?? 0) : cell.padEnd(widths[index] ?? 0)))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = cells;
  const count = rows.length === 1 ? '1 row' : `${rows.length} rows`;
  const cut = truncated === undefined ? '' : ` (cut off: too many ${truncated})`;
  return [
    lineOf(head),
    widths.map((width) => '-'.repeat(width)).join('  '),
    ...body.map(lineOf),
    '',
    `${count}${cut} in ${durationMs} ms, true at position ${position}`,
  ].join('\n');
}

/** No control characters: what stands in an event must not drive the terminal. */
function cellOf(value: unknown): string {
  if (value === null) return '';
  return plain(typeof value === 'string' ? value : JSON.stringify(value));
}

/** A text without control characters. */
export function plain(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ');
}
