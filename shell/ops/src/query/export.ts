import type { Answer, Cell } from '../http/query.ts';

/** The answer as JSON lines: an object per row. Columns of the same name get a number behind it. */
export function jsonLinesOf({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  const names: string[] = [];
  for (const { name } of columns) {
    let unique = name;
    for (let n = 2; names.includes(unique); n += 1) unique = `${name}_${n}`;
    names.push(unique);
  }
  return rows
    .map((row) => `${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index]])))}\n`)
    .join('');
}

/**
 * The answer as CSV (RFC 4180), as the query language writes it: a text that a spreadsheet would take for a formula gets
 * a `'` before it.
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvOf({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  return [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
}

/** Lets the browser save a text as a file. */
export function save(text: string, name: string, type: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
