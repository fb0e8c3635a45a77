import type { DatabaseSync } from 'node:sqlite';

/** Every statement the store runs, prepared once. */
export function prepareStatements(database: DatabaseSync) {
  const of = (sql: string) => database.prepare(sql);
  const pageWhere = (condition: string) => {
    const page = of(
      `SELECT position, subject, event, checksum FROM event
       WHERE ${condition} AND position BETWEEN ? AND ? ORDER BY position LIMIT ?`,
    );
    page.setReturnArrays(true);
    return page;
  };
  return {
    begin: of('BEGIN IMMEDIATE'),
    commit: of('COMMIT'),
    rollback: of('ROLLBACK'),

    lastEver: of(`SELECT seq FROM sqlite_sequence WHERE name = 'event'`),
    insertEvent: of('INSERT INTO event (position, stream, subject, event, checksum) VALUES (?, ?, ?, ?, ?)'),
    revision: of('SELECT position FROM event WHERE subject = ? ORDER BY position DESC LIMIT 1'),
    lastPosition: of('SELECT position FROM event WHERE stream = ? ORDER BY position DESC LIMIT 1'),
    pageOfSubject: pageWhere('subject = ?'),
    pageOfStream: pageWhere('stream = ?'),

    messageId: of('SELECT position FROM message_id WHERE stream = ? AND message_id = ?'),
    noteMessageId: of(
      `INSERT INTO message_id (stream, message_id, position, expires_at, checksum) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (stream, message_id) DO NOTHING`,
    ),
    expireMessageIds: of('DELETE FROM message_id WHERE expires_at <= ?'),

    durable: of('SELECT "order", floor, checksum FROM durable WHERE stream = ? AND durable = ?'),
    saveDurable: of(
      `INSERT OR REPLACE INTO durable (stream, durable, "order", floor, checksum) VALUES (?, ?, ?, ?, ?)`,
    ),
    laggingSubjects: of('SELECT subject, settled, checksum FROM lagging_subject WHERE stream = ? AND durable = ?'),
    saveLaggingSubject: of(
      `INSERT OR REPLACE INTO lagging_subject (stream, durable, subject, settled, checksum) VALUES (?, ?, ?, ?, ?)`,
    ),
    deleteLaggingSubject: of('DELETE FROM lagging_subject WHERE stream = ? AND durable = ? AND subject = ?'),
    deadLetters: of(
      `SELECT position, subject, reason, delivery_count AS deliveryCount, parked_at AS parkedAt, checksum
       FROM dead_letter WHERE stream = ? AND durable = ? ORDER BY position`,
    ),
    saveDeadLetter: of(
      `INSERT OR REPLACE INTO dead_letter (stream, durable, position, subject, reason, delivery_count, parked_at, checksum)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    deleteDeadLetter: of('DELETE FROM dead_letter WHERE stream = ? AND durable = ? AND position = ?'),
  };
}
