import { checkExpectation } from '../log/check-commit.ts';
import type { Commit, DeadRow, Order, Page, PageQuery, ProgressChange, Row, Store } from '../log/store.ts';
import { isExact, subjectMatcher } from '../matches-filter.ts';
import type { Appended, Position, Subject } from '../port.ts';
import type { LogFile } from './open-database.ts';
import { prepareStatements } from './statements.ts';

/** A row of a page as SQLite gives it; arrays come out of `node:sqlite` two to three times as fast as objects. */
type RowValues = [position: Position, subject: Subject, event: string];

/** The log in one SQLite file. Each `write` is one transaction and so one fsync. */
export function sqliteStore({ database, close }: LogFile, now: () => number, duplicateWindowMs: number): Store {
  const sql = prepareStatements(database);

  return {
    write({ commits, progress }) {
      sql.begin.run();
      try {
        if (commits.length > 0) sql.expireMessageIds.run(now());
        const outcomes = commits.map(commitOne);
        for (const change of progress) saveProgress(change);
        sql.commit.run();
        return outcomes;
      } catch (error) {
        if (database.isTransaction) sql.rollback.run();
        throw error;
      }
    },
    page,
    lastPosition: (stream) => Number(sql.lastPosition.get(stream)?.position ?? 0),
    progress(stream, durable) {
      const row = sql.durable.get(stream, durable) as { order: Order; floor: number } | undefined;
      if (!row) return undefined;
      const lagging = sql.laggingSubjects.all(stream, durable) as unknown as { subject: string; settled: number }[];
      const dead = sql.deadLetters.all(stream, durable) as unknown as DeadRow[];
      return { ...row, lagging: new Map(lagging.map((lag) => [lag.subject, lag.settled])), dead };
    },
    close,
  };

  function commitOne(commit: Commit): Appended | Error {
    const { stream, subject, messageId } = commit;
    const earlier = sql.messageId.get(stream, messageId)?.position as Position | undefined;
    if (earlier !== undefined) return { position: earlier, revision: earlier, duplicate: true };

    const wrong = checkExpectation(commit, Number(sql.revision.get(subject)?.position ?? 0));
    if (wrong) return wrong;

    let position = 0;
    for (const event of commit.events) position = Number(sql.insertEvent.run(stream, subject, event).lastInsertRowid);
    sql.insertMessageId.run(stream, messageId, position, now() + duplicateWindowMs);
    return { position, revision: position, duplicate: false };
  }

  function page({ stream, filter, from, to, limit }: PageQuery): Page {
    const exact = isExact(filter);
    const statement = exact ? sql.pageOfSubject : sql.pageOfStream;
    const looked = statement.all(exact ? filter : stream, from, to, limit) as unknown as RowValues[];
    const next = looked.length === limit ? (looked.at(-1)?.[0] ?? to) + 1 : to + 1;
    const matches = exact || filter === `${stream}.>` ? undefined : subjectMatcher(filter);
    const rows: Row[] = [];
    for (const [position, subject, event] of looked) {
      if (!matches || matches(subject)) rows.push({ position, subject, event });
    }
    return { rows, next };
  }

  function saveProgress({ stream, durable, order, floor, lagging, dead }: ProgressChange): void {
    sql.saveDurable.run(stream, durable, order, floor);
    for (const [subject, settled] of lagging) {
      if (settled === undefined) sql.deleteLaggingSubject.run(stream, durable, subject);
      else sql.saveLaggingSubject.run(stream, durable, subject, settled);
    }
    for (const [position, row] of dead) {
      if (row === undefined) sql.deleteDeadLetter.run(stream, durable, position);
      else {
        const { subject, reason, deliveryCount, parkedAt } = row;
        sql.saveDeadLetter.run(stream, durable, position, subject, reason, deliveryCount, parkedAt);
      }
    }
  }
}
