import type { AnswerEnd, AnswerHead, Query, QueryLimits, ReadModel } from './query.ts';

/** What a query process is told when it starts. */
export interface ProcessSetup {
  readonly logFile: string;
  readonly readModels: readonly ReadModel[];
  readonly limits: QueryLimits;
}

/** To the query process: run this. One at a time. */
export type ToProcess = Query;

/** From the query process, in this order: ready; then per query, KQL only, parser-loaded and translated; begin, chunk …, end; or failed at any place. */
export type FromProcess =
  | { readonly kind: 'ready' }
  | { readonly kind: 'parser-loaded' }
  | { readonly kind: 'translated' }
  | ({ readonly kind: 'begin' } & AnswerHead)
  | { readonly kind: 'chunk'; readonly text: string }
  | ({ readonly kind: 'end' } & AnswerEnd)
  | ({ readonly kind: 'failed' } & Failure);

/** Why a query has no answer. The message is for the one who asked. */
export interface Failure {
  readonly reason: FailureReason;
  readonly message: string;
  /** Where in the text, in characters from its begin. */
  readonly place?: { readonly start: number; readonly length: number };
  /** With it the query can be run. */
  readonly past?: PastWanted;
}

/** Read models that a query wants as they were. */
export interface PastWanted {
  /** `cart` */
  readonly models: readonly string[];
  /** Position of the log that it wants to see. */
  readonly position: number;
  /** The same for each stream, in its own counting; only where the log is a copy. */
  readonly positions?: Readonly<Record<string, number>>;
}

/** `invalid`: it cannot be read; `not-allowed`: it wants what queries may not; `too-large`: it needs too much memory. */
export type FailureReason = 'invalid' | 'not-allowed' | 'too-large' | 'unavailable';
