/** What we know about the values of an expression; `any` when only the row tells. */
export type KqlType = 'any' | 'bool' | 'datetime' | 'dynamic' | 'long' | 'real' | 'string' | 'timespan';

/** A column of a relation. */
export interface KqlColumn {
  readonly name: string;
  readonly type: KqlType;
}

/** What has come through the pipe so far. */
export interface Relation {
  /** A `SELECT` with exactly these columns. */
  readonly sql: string;
  readonly columns: readonly KqlColumn[];
  /** Order of its rows, on its own columns. */
  readonly orderBy?: string;
  /** The order of the log, while its column is there: it decides where nothing else does. */
  readonly natural?: string;
}

/** An expression in SQL. */
export interface Expression {
  readonly sql: string;
  readonly type: KqlType;
  /** A member of a JSON text: of which one, and where in it. */
  readonly json?: { readonly base: string; readonly path: string };
}

/** Names of the tables, and of their columns. */
export type Tables = ReadonlyMap<string, readonly string[]>;

/** A name as SQL takes it. */
export const name = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/** A text as SQL takes it. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A time as milliseconds since 1970. */
export const msOf = (time: string): string => `CAST(round(unixepoch(${time}, 'subsec') * 1000) AS INTEGER)`;

/** Milliseconds since 1970 as a time, written as events have it. */
export const timeOf = (ms: string): string => `strftime('%Y-%m-%dT%H:%M:%fZ', (${ms}) / 1000.0, 'unixepoch')`;

/** Makes the order a part of each row, so that it stays when columns go. */
export function withOrderKept({ sql, columns, orderBy }: Relation): Relation & { readonly hidden?: string } {
  if (orderBy === undefined) return { sql, columns };
  const hidden = '~order';
  const ordered = `SELECT *, row_number() OVER (ORDER BY ${orderBy}) AS ${name(hidden)} FROM (${sql})`;
  return { sql: ordered, columns, orderBy: name(hidden), hidden };
}
