/** What a query is bound to: `?` in order, or `:name` by name. */
export type Params = readonly Param[] | Readonly<Record<string, Param>>;

/** A value for a parameter; `true` and `false` become 1 and 0, as SQLite knows no booleans. */
export type Param = null | boolean | number | string;

/** A question to the log. */
export interface Query {
  readonly language: 'sql' | 'kql';
  readonly text: string;
  readonly params?: Params;
  /** Events up to this position, or up to the last one that is not later than this time (ISO 8601). */
  readonly asOf?: number | string;
  /** With `asOf`: read models as they were, by their names. */
  readonly past?: Readonly<Record<string, PastModel>>;
  /** How rows are written: a JSON array per line, or a CSV record per line. */
  readonly format: 'json' | 'csv';
}

/** A read model as it was; the file may be gone. */
export type PastModel = Pick<ReadModel, 'file' | 'tables'>;

/** A column of an answer. */
export interface Column {
  readonly name: string;
  /** What its first values are; `any` when they differ, `null` when there are none. */
  readonly type: 'integer' | 'real' | 'text' | 'blob' | 'any' | 'null';
}

/** How an answer begins. */
export interface AnswerHead {
  readonly columns: readonly Column[];
  /** Position of the log that the answer is true at. */
  readonly position: number;
  /** The same for each stream, in its own counting; only where the log is a copy, whose positions are its own. */
  readonly positions?: Readonly<Record<string, number>>;
  /** How the one who asks would like to see it: `timechart`. */
  readonly render?: string;
}

/** How an answer ends. */
export interface AnswerEnd {
  readonly rows: number;
  /** From the begin of the work on it to its last row. */
  readonly durationMs: number;
  /** The cap that cut it off. */
  readonly truncated?: 'rows' | 'bytes';
}

/** Tables of a backend that queries may read, as `<name>_<table>`. */
export interface ReadModel {
  /** `catalog` */
  readonly name: string;
  /**
   * Its SQLite file; it may come and go. With a `*` in it, as each replica has one of its own: the one that was written
   * last, as a replica that has been replaced leaves its behind.
   */
  readonly file: string;
  readonly tables: readonly string[];
}

/** What a query may take. */
export interface QueryLimits {
  /** Until its process is killed. @default 2_000 milliseconds */
  readonly deadlineMs: number;
  /** Until the translation of KQL is given up. @default 10_000 milliseconds */
  readonly translationMs: number;
  /**
   * Until loading KQL's parser is given up, once in the life of a process. Long: a process that is killed while it loads
   * leaves the next one as far from the end. @default 60_000 milliseconds
   */
  readonly parserMs: number;
  /** @default 10_000 rows */
  readonly maxRows: number;
  /** Of an answer. @default 8 MiB */
  readonly maxBytes: number;
  /** That SQLite may take in a process. @default 256 MiB */
  readonly maxHeapBytes: number;
  /** Queries that run at one time, each in its own process. @default 2 */
  readonly processes: number;
  /** Queries that wait for a process; one more is refused. @default 8 */
  readonly maxWaiting: number;
}

/** The limits that hold where none are given. */
export const defaultLimits: QueryLimits = {
  deadlineMs: 2_000,
  translationMs: 10_000,
  parserMs: 60_000,
  maxRows: 10_000,
  maxBytes: 8 * 1024 * 1024,
  maxHeapBytes: 256 * 1024 * 1024,
  processes: 2,
  maxWaiting: 8,
};
