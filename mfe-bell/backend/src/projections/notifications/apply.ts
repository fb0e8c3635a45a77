import type { Recorded } from '@souk/event-channel';
import type { Database } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';
import { ownerOf, takeOver } from './owner.ts';

/** Notifications that are kept for one shopper: older ones are gone. */
export const mostKept = 200;

/** Brings notifications, watches and devices up to one event of the stream `bell`, or to a sign-in. */
export function applyToNotifications({ event, position }: Recorded, db: Database): void {
  const { type, data, time } = event;
  // The streams have no order between them: what was written of a guest may come after the sign-in.
  const whose = (shopperId: string) => ownerOf(db, shopperId);
  switch (type) {
    case 'account.signed-in.v1':
      return takeOver(db, data as IntegrationData[typeof type]);
    case 'bell.notified.v1':
      return notify(db, data as IntegrationData[typeof type], time, position);
    case 'bell.notifications-read.v1': {
      const { shopperId, notificationIds } = data as IntegrationData[typeof type];
      const sql = 'UPDATE notification SET read = 1 WHERE shopper_id = ? AND notification_id = ?';
      for (const id of notificationIds) db.run(sql, whose(shopperId), id);
      return;
    }
    case 'bell.notification-dismissed.v1':
    case 'bell.notification-restored.v1': {
      const { shopperId, key } = data as IntegrationData[typeof type];
      const dismissed = type === 'bell.notification-dismissed.v1' ? 1 : 0;
      db.run(
        'UPDATE notification SET dismissed = ? WHERE shopper_id = ? AND key = ?',
        dismissed,
        whose(shopperId),
        key,
      );
      return;
    }
    case 'bell.product-watched.v1': {
      const { shopperId, sku } = data as IntegrationData[typeof type];
      db.run('INSERT OR IGNORE INTO watch (sku, shopper_id) VALUES (?, ?)', sku, whose(shopperId));
      return;
    }
    case 'bell.product-unwatched.v1': {
      const { shopperId, sku } = data as IntegrationData[typeof type];
      return unwatch(db, whose(shopperId), sku);
    }
    case 'bell.device-added.v1': {
      const { shopperId, deviceId, subscription } = data as IntegrationData[typeof type];
      // Whose it was before does not matter: a browser belongs to who sits at it.
      const sql = 'INSERT OR REPLACE INTO device (device_id, shopper_id, subscription, position) VALUES (?, ?, ?, ?)';
      db.run(sql, deviceId, shopperId, JSON.stringify(subscription), position);
      return;
    }
    case 'bell.device-removed.v1': {
      const { shopperId, deviceId } = data as IntegrationData[typeof type];
      db.run('DELETE FROM device WHERE device_id = ? AND shopper_id = ?', deviceId, shopperId);
      return;
    }
    case 'bell.person-erased.v1': {
      const { personId } = data as IntegrationData[typeof type];
      for (const table of ['notification', 'watch', 'device'])
        db.run(`DELETE FROM ${table} WHERE shopper_id = ?`, personId);
    }
  }
}

/** The newest about one thing takes the place of the one before, whatever became of that. */
function notify(db: Database, data: IntegrationData['bell.notified.v1'], time: string, position: number): void {
  const { key, notificationId, kind, about, status = null, fromCents = null, toCents = null } = data;
  const shopperId = ownerOf(db, data.shopperId);
  db.run(
    `INSERT OR REPLACE INTO notification
       (shopper_id, key, notification_id, kind, about, status, from_cents, to_cents, at, position)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[shopperId, key, notificationId, kind, about, status, fromCents, toCents, time, position],
  );
  if (kind === 'restock') unwatch(db, shopperId, about);
  db.run(
    `DELETE FROM notification WHERE shopper_id = ?1 AND position <=
       (SELECT position FROM notification WHERE shopper_id = ?1 ORDER BY position DESC LIMIT 1 OFFSET ?2)`,
    ...[shopperId, mostKept],
  );
}

function unwatch(db: Database, shopperId: string, sku: string): void {
  db.run('DELETE FROM watch WHERE sku = ? AND shopper_id = ?', sku, shopperId);
}
