import type { Appended, ConsumeOptions, Expect, Position, StreamName, Subject, SubjectFilter } from '../port.ts';

/**
 * What an embedded adapter keeps, and all that differs between memory and sqlite. Everything is synchronous: one
 * process owns the log, so nothing can come between a look and a decision.
 */
export interface Store {
  /**
   * Applies everything as one durable transaction, commits in order. A commit that cannot be taken has its error as
   * its outcome and does not disturb the others.
   * @throws when the transaction failed as a whole; then nothing is written
   */
  write(batch: Batch): readonly (Appended | Error)[];
  /** Events that match, in order, from a bounded look at the log. */
  page(query: PageQuery): Page;
  /** Position of the last event of a stream, 0 when there is none. */
  lastPosition(stream: StreamName): Position;
  /** What is known of a durable; `undefined` when it is new. */
  progress(stream: StreamName, durable: string): SavedProgress | undefined;
  close(): void;
}

export interface Batch {
  /** May grow while it is written, by what `taken` adds: outcomes are those of all. */
  readonly commits: readonly Commit[];
  readonly progress: readonly ProgressChange[];
  /** Called for each commit that is written and no duplicate, before the next one is looked at. Must not throw. */
  readonly taken?: (commit: Commit, appended: Appended) => void;
}

/** One append; its events are JSON already, so that nobody can change them while they wait. */
export interface Commit {
  readonly stream: StreamName;
  readonly subject: Subject;
  readonly events: readonly string[];
  readonly expect: Expect;
  readonly messageId: string;
}

export interface PageQuery {
  readonly stream: StreamName;
  readonly filter: SubjectFilter;
  readonly from: Position;
  readonly to: Position;
  /** Events to look at, at most. */
  readonly limit: number;
}

export interface Page {
  readonly rows: readonly Row[];
  /** First position that was not looked at; greater than `to` when the query is exhausted. */
  readonly next: Position;
}

export interface Row {
  readonly position: Position;
  readonly subject: Subject;
  /** JSON of the event. */
  readonly event: string;
}

export type Order = NonNullable<ConsumeOptions['order']>;

/** An event parked by a durable. */
export interface DeadRow {
  readonly position: Position;
  readonly subject: Subject;
  readonly reason: string;
  readonly deliveryCount: number;
  readonly parkedAt: string;
}

/** Progress of a durable: everything up to `floor` is settled, except behind the positions of lagging subjects. */
export interface SavedProgress {
  readonly order: Order;
  readonly floor: Position;
  /** Subjects that go their own pace: settled up to this position, whatever the floor says. */
  readonly lagging: ReadonlyMap<Subject, Position>;
  readonly dead: readonly DeadRow[];
}

/** What changed in the progress of a durable; `undefined` as a value removes the entry. */
export interface ProgressChange {
  readonly stream: StreamName;
  readonly durable: string;
  readonly order: Order;
  readonly floor: Position;
  readonly lagging: ReadonlyMap<Subject, Position | undefined>;
  readonly dead: ReadonlyMap<Position, DeadRow | undefined>;
}
