import type { Database } from '@souk/service-kit';

/** A message on its way to one browser. */
export interface Delivery {
  readonly deviceId: string;
  readonly topic: string;
  readonly notificationId: string;
  /** Epoch milliseconds. */
  readonly expiresMs: number;
  /** Times it was tried. */
  readonly attempts: number;
}

/** What waits to be sent, over restarts. */
export interface Outbox {
  /** Of two about the same matter the later one is sent. Within the caller's transaction, into its database. */
  put(db: Database, deviceId: string, topic: string, id: string, times: { dueMs: number; expiresMs: number }): void;
  due(nowMs: number, limit: number): Delivery[];
  /** When the next one is due, epoch milliseconds. */
  nextDueMs(): number | undefined;
  /** Only as it was taken: one that has taken its place stays. */
  drop(delivery: Delivery): void;
  postpone(delivery: Delivery, dueMs: number): void;
  /** Whose browser it is now, with the sealed subscription. */
  addressee(deviceId: string): { readonly shopperId: string; readonly subscription: string } | undefined;
}

/** Opens it. */
export function outbox(db: Database): Outbox {
  return {
    put(into, deviceId, topic, id, { dueMs, expiresMs }) {
      const sql = `INSERT OR REPLACE INTO delivery (device_id, topic, notification_id, due_ms, expires_ms)
        VALUES (?, ?, ?, ?, ?)`;
      into.run(sql, deviceId, topic, id, dueMs, expiresMs);
    },
    due: (nowMs, limit) =>
      db.all<{ [Name in keyof Delivery]: Delivery[Name] }>(
        `SELECT device_id AS "deviceId", topic, notification_id AS "notificationId", expires_ms AS "expiresMs", attempts
         FROM delivery WHERE due_ms <= ? ORDER BY due_ms LIMIT ?`,
        ...[nowMs, limit],
      ),
    nextDueMs: () => db.get<{ due: number | null }>('SELECT min(due_ms) AS due FROM delivery')?.due ?? undefined,
    drop({ deviceId, topic, notificationId }) {
      const sql = 'DELETE FROM delivery WHERE device_id = ? AND topic = ? AND notification_id = ?';
      db.run(sql, deviceId, topic, notificationId);
    },
    postpone({ deviceId, topic, notificationId }, dueMs) {
      const sql = `UPDATE delivery SET due_ms = ?, attempts = attempts + 1
        WHERE device_id = ? AND topic = ? AND notification_id = ?`;
      db.run(sql, dueMs, deviceId, topic, notificationId);
    },
    addressee: (deviceId) =>
      db.get('SELECT shopper_id AS "shopperId", subscription FROM device WHERE device_id = ?', deviceId),
  };
}
