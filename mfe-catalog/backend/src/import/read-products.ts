import type { RowError } from '@souk/catalog-api';
import { parse, type CsvError, type Info } from 'csv-parse';
import type { Readable } from 'node:stream';
import { readHeader, type Line, type Row } from './columns.ts';
import { toProduct, type ImportedProduct } from './to-product.ts';

/** What came out of the rows of one product: the product where enough was right, and what was wrong. */
export interface ReadProduct {
  /** Where its first row begins. */
  readonly line: number;
  readonly rows: number;
  readonly product: ImportedProduct | undefined;
  readonly errors: readonly RowError[];
}

interface Parsed {
  readonly record: string[];
  readonly info: Info;
}

/**
 * Reads a product CSV as a stream, one product after the other; the file is never held as a whole.
 * A row that cannot be read is reported and the rest goes on.
 * @throws {NotAProductFile} the first line names no product columns
 */
export async function* readProducts(file: Readable): AsyncGenerator<ReadProduct> {
  const unreadable: RowError[] = [];
  const begun = new Map<string, number>();
  let group: Line[] = [];

  for await (const { line, row } of readLines(file, unreadable)) {
    if (group.length > 0 && !continues(group[0]!.row, row)) {
      yield finish(group, unreadable);
      group = [];
    }
    const first = begun.get(row.handle);
    if (group.length === 0 && first !== undefined) {
      const reason = `"${row.handle}" began on line ${first}; the rows of one product must stand together`;
      yield { line, rows: 1, product: undefined, errors: [...unreadable.splice(0), { line, reason }] };
      continue;
    }
    if (row.handle && first === undefined) begun.set(row.handle, line);
    group.push({ line, row });
  }
  if (group.length > 0) yield finish(group, unreadable);
  else if (unreadable.length > 0) yield { line: 0, rows: 0, product: undefined, errors: unreadable };
}

/** Rows of one product share its handle; in a file without handles, a row without a title belongs to the one before. */
function continues(first: Row, next: Row): boolean {
  return next.handle ? next.handle === first.handle : next.title === '';
}

function finish(group: readonly Line[], unreadable: RowError[]): ReadProduct {
  const { product, errors } = toProduct(group);
  return { line: group[0]!.line, rows: group.length, product, errors: [...unreadable.splice(0), ...errors] };
}

async function* readLines(file: Readable, unreadable: RowError[]): AsyncGenerator<Line> {
  const parser = parse({
    bom: true,
    info: true,
    relaxColumnCount: true,
    skipEmptyLines: true,
    skipRecordsWithError: true,
  });
  parser.on('skip', (error: CsvError) => {
    unreadable.push({ line: Number(error.lines), reason: 'a quotation mark is out of place' });
  });
  file.on('error', (error) => parser.destroy(error));
  file.pipe(parser);

  let header: readonly string[] | undefined;
  let toRow = readHeader(['Title', 'Price']);
  // `lines` counts the lines read so far, so a row begins one after the end of the row before it.
  let linesBefore = 0;
  for await (const { record, info } of parser as AsyncIterable<Parsed>) {
    const line = linesBefore + 1;
    linesBefore = info.lines;
    if (!header) toRow = readHeader((header = record));
    else if (record.length === header.length) yield { line, row: toRow(record) };
    else unreadable.push({ line, reason: 'the row has more or fewer fields than the first line' });
  }
  if (!header) readHeader([]);
}
