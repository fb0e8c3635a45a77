import type { Column } from '../runner/query.ts';

/** What SQLite gives for one value, with integers as `bigint` so that none loses digits. */
export type Value = null | bigint | number | string | Uint8Array;

/** A row as one JSON line: integers beyond 2^53 as text, since readers of JSON would round them; bytes in base64. */
export function jsonLine(row: readonly Value[]): string {
  return `${JSON.stringify(row.map(toJson))}\n`;
}

/**
 * A row as a CSV record (RFC 4180). A text that a spreadsheet would take for a formula gets a `'` before it.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvLine(row: readonly Value[]): string {
  return `${row.map(toCsv).join(',')}\r\n`;
}

/** Types of the columns as the rows at hand show them. */
export function columnsOf(names: readonly string[], rows: readonly (readonly Value[])[]): Column[] {
  return names.map((name, index) => {
    const types = new Set(rows.map((row) => typeOf(row[index] ?? null)));
    types.delete('null');
    const [type = 'null'] = types;
    return { name, type: types.size > 1 ? 'any' : type };
  });
}

function typeOf(value: Value): Column['type'] {
  if (value === null) return 'null';
  if (typeof value === 'bigint') return 'integer';
  if (typeof value === 'number') return 'real';
  return typeof value === 'string' ? 'text' : 'blob';
}

function toJson(value: Value): null | number | string {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  // JSON has no infinity.
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}

function toCsv(value: Value): string {
  if (value === null) return '';
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
