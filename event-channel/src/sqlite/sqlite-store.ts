import { checkExpectation, inTurn } from '../log/check-commit.ts';
import type { Commit, DeadRow, Order, Page, PageQuery, ProgressChange, Row, Store } from '../log/store.ts';
import { isExact, subjectMatcher } from '../matches-filter.ts';
import type { Appended, Position, Revision, StreamName, Subject } from '../port.ts';
import { LogDamaged } from '../errors.ts';
import { checksumOf, eventChecksum, messageIdChecksum } from './checksum.ts';
import { positionsOf, readOrTell } from './damage.ts';
import type { LogFile } from './open-database.ts';
import { prepareStatements } from './statements.ts';

/** A row of a page as SQLite gives it; arrays come out of `node:sqlite` two to three times as fast as objects. */
type RowValues = [position: Position, subject: Subject, event: string, checksum: number];

/**
 * The log in one SQLite file. Each `write` is one transaction and so one fsync. Every row that is read is compared with
 * its checksum, so that what comes out is what went in, or a {@link LogDamaged}.
 */
export function sqliteStore({ file, database, close }: LogFile, now: () => number, duplicateWindowMs: number): Store {
  const sql = prepareStatements(database);
  /** The highest position that was ever used, as of the transaction at hand. */
  let lastEver: Position = 0;
  /** When it began, milliseconds since 1970. */
  let startedAt = 0;

  return {
    write({ commits, progress, taken }) {
      sql.begin.run();
      try {
        startedAt = now();
        if (commits.length > 0) sql.expireMessageIds.run(startedAt);
        lastEver = Number(sql.lastEver.get()?.seq ?? 0);
        const outcomes = inTurn(commits, commitOne, taken);
        for (const change of progress) saveProgress(change);
        sql.commit.run();
        return outcomes;
      } catch (error) {
        if (database.isTransaction) sql.rollback.run();
        throw error;
      }
    },
    page,
    lastPosition,
    progress(stream, durable) {
      const place = `the progress of durable "${durable}" on "${stream}"`;
      const row = sql.durable.get(stream, durable) as Checked<{ order: Order; floor: number }> | undefined;
      if (!row) return undefined;
      check(row, place, stream, durable, row.order, row.floor);
      const lagging = sql.laggingSubjects.all(stream, durable) as unknown as Checked<Lag>[];
      for (const lag of lagging) check(lag, place, stream, durable, lag.subject, lag.settled);
      const dead = (sql.deadLetters.all(stream, durable) as unknown as Checked<DeadRow>[]).map((row) => {
        const { checksum, ...letter } = row;
        check({ checksum }, place, stream, durable, ...columnsOf(letter));
        return letter;
      });
      return {
        ...{ order: row.order, floor: row.floor },
        lagging: new Map(lagging.map((lag) => [lag.subject, lag.settled])),
        dead,
      };
    },
    close,
  };

  function commitOne(commit: Commit): Appended | Error {
    const { stream, subject, events } = commit;
    const wrong = checkExpectation(commit, revisionOf, lastPosition);
    if (wrong) return earlier(commit) ?? wrong;

    const position = lastEver + events.length;
    if (!noteMessageId(commit, position)) return earlier(commit)!;
    for (const event of events) {
      const at = ++lastEver;
      sql.insertEvent.run(at, stream, subject, event, eventChecksum(at, subject, event));
    }
    return { position, revision: position, duplicate: false };
  }

  /** False when it is noted already. To look first would cost half as much as the event itself. */
  function noteMessageId({ stream, messageId }: Commit, position: Position): boolean {
    const expiresAt = startedAt + duplicateWindowMs;
    const checksum = messageIdChecksum(stream, messageId, position, expiresAt);
    return sql.noteMessageId.run(stream, messageId, position, expiresAt, checksum).changes === 1;
  }

  /** What became of the commit with the same id, while that is remembered. */
  function earlier({ stream, messageId }: Commit): Appended | undefined {
    const position = sql.messageId.get(stream, messageId)?.position as Position | undefined;
    return position === undefined ? undefined : { position, revision: position, duplicate: true };
  }

  function lastPosition(stream: StreamName): Position {
    return Number(sql.lastPosition.get(stream)?.position ?? 0);
  }

  function revisionOf(subject: Subject): Revision {
    return Number(sql.revision.get(subject)?.position ?? 0);
  }

  function page({ stream, filter, from, to, limit }: PageQuery): Page {
    const exact = isExact(filter);
    const statement = exact ? sql.pageOfSubject : sql.pageOfStream;
    const values = [exact ? filter : stream, from, to, limit] as const;
    const looked = readOrTell(
      file,
      from,
      () => statement.all(...values) as unknown as RowValues[],
      () => positionsOf(statement.iterate(...values)),
    );
    const next = looked.length === limit ? (looked.at(-1)?.[0] ?? to) + 1 : to + 1;
    const matches = exact || filter === `${stream}.>` ? undefined : subjectMatcher(filter);
    const rows: Row[] = [];
    for (const [position, subject, event, checksum] of looked) {
      if (eventChecksum(position, subject, event) !== checksum) throw wrongEvent(file, position);
      if (!matches || matches(subject)) rows.push({ position, subject, event });
    }
    return { rows, next };
  }

  function saveProgress({ stream, durable, order, floor, lagging, dead }: ProgressChange): void {
    sql.saveDurable.run(stream, durable, order, floor, checksumOf(stream, durable, order, floor));
    for (const [subject, settled] of lagging) {
      if (settled === undefined) sql.deleteLaggingSubject.run(stream, durable, subject);
      else {
        const checksum = checksumOf(stream, durable, subject, settled);
        sql.saveLaggingSubject.run(stream, durable, subject, settled, checksum);
      }
    }
    for (const [position, row] of dead) {
      if (row === undefined) sql.deleteDeadLetter.run(stream, durable, position);
      else {
        const columns = [stream, durable, ...columnsOf(row)] as const;
        sql.saveDeadLetter.run(...columns, checksumOf(...columns));
      }
    }
  }

  function check({ checksum }: { checksum: number }, place: string, ...columns: readonly (string | number)[]): void {
    if (checksumOf(...columns) !== checksum) throw new LogDamaged(file, undefined, `the checksum of ${place} is wrong`);
  }
}

/** What is said of an event that is not what was written. */
export function wrongEvent(file: string, position: Position): LogDamaged {
  return new LogDamaged(file, position, 'the checksum of the event is wrong');
}

type Checked<RowType> = RowType & { readonly checksum: number };

interface Lag {
  readonly subject: Subject;
  readonly settled: Position;
}

function columnsOf({ position, subject, reason, deliveryCount, parkedAt }: DeadRow) {
  return [position, subject, reason, deliveryCount, parkedAt] as const;
}
