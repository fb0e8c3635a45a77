import type { Notification, NotificationsQuery } from '@souk/bell-api';
import type { Database } from '@souk/service-kit';
import { ownerOf } from './owner.ts';
import type { ShopView } from '../shop/shop-view.ts';

/** A browser that gets messages when no page is open. */
export interface Device {
  readonly deviceId: string;
  /** JSON of the subscription, sealed. */
  readonly subscription: string;
}

/** A notification with what only the backend needs. */
export interface StoredNotification extends Notification {
  readonly key: string;
  readonly about: string;
  readonly dismissed: boolean;
}

/** What a shopper has been told. */
export interface NotificationView {
  /** The customer whom a shopper turned out to be, else the shopper. */
  ownerOf(shopperId: string): string;
  unread(shopperId: string): number;
  page(shopperId: string, query: NotificationsQuery): { notifications: StoredNotification[]; hasMore: boolean };
  /** By its id or its key, dismissed or not. */
  find(shopperId: string, by: { readonly id: string } | { readonly key: string }): StoredNotification | undefined;
  /** Ids of what is unread, up to a position or about something: an id, or the slug of a product. */
  unreadIds(shopperId: string, which: { readonly upTo: number } | { readonly about: string }): string[];
  watchers(sku: string): string[];
  watches(shopperId: string): string[];
  devices(shopperId: string): Device[];
}

interface NotificationRow {
  readonly key: string;
  readonly notification_id: string;
  readonly kind: Notification['kind'];
  readonly about: string;
  readonly status: string | null;
  readonly from_cents: number | null;
  readonly to_cents: number | null;
  readonly at: string;
  readonly position: number;
  readonly read: number;
  readonly dismissed: number;
}

const defaultLimit = 20;

/** Reads notifications; what they say of a product is what is so now. */
export function notificationView(db: Database, shop: ShopView): NotificationView {
  const toNotification = (row: NotificationRow): StoredNotification => {
    const product = row.kind === 'restock' || row.kind === 'price' ? shop.product(row.about) : undefined;
    return {
      ...{ notificationId: row.notification_id, kind: row.kind, at: row.at, position: row.position },
      ...{ read: row.read === 1, dismissed: row.dismissed === 1, key: row.key, about: row.about },
      ...(row.kind === 'order' && { order: { orderId: row.about, status: row.status ?? 'placed' } }),
      ...(product && { product }),
      ...(row.from_cents !== null && { fromCents: row.from_cents }),
      ...(row.to_cents !== null && { toCents: row.to_cents }),
    };
  };
  const ids = (sql: string, ...values: (string | number)[]) =>
    db.all<{ id: string }>(sql, ...values).map(({ id }) => id);

  return {
    ownerOf: (shopperId) => ownerOf(db, shopperId),
    unread: (shopperId) =>
      db.get<{ count: number }>(
        'SELECT count(*) AS count FROM notification WHERE shopper_id = ? AND NOT read AND NOT dismissed',
        shopperId,
      )?.count ?? 0,
    page(shopperId, { before = Number.MAX_SAFE_INTEGER, limit = defaultLimit }) {
      const rows = db.all<NotificationRow>(
        `SELECT * FROM notification WHERE shopper_id = ? AND position < ? AND NOT dismissed
         ORDER BY position DESC LIMIT ?`,
        ...[shopperId, before, limit + 1],
      );
      return { notifications: rows.slice(0, limit).map(toNotification), hasMore: rows.length > limit };
    },
    find(shopperId, by) {
      const [column, value] = 'id' in by ? ['notification_id', by.id] : ['key', by.key];
      const sql = `SELECT * FROM notification WHERE shopper_id = ? AND ${column} = ?`;
      const row = db.get<NotificationRow>(sql, shopperId, value);
      return row && toNotification(row);
    },
    unreadIds(shopperId, which) {
      const unread = 'SELECT notification_id AS id FROM notification WHERE shopper_id = ?1 AND NOT read';
      if ('upTo' in which) return ids(`${unread} AND position <= ?2`, shopperId, which.upTo);
      const isAbout = `(about = ?2 OR about IN (SELECT sku FROM goods WHERE slug = ?2))`;
      return ids(`${unread} AND ${isAbout}`, shopperId, which.about);
    },
    watchers: (sku) => ids('SELECT shopper_id AS id FROM watch WHERE sku = ?', sku),
    watches: (shopperId) => ids('SELECT sku AS id FROM watch WHERE shopper_id = ?', shopperId),
    devices: (shopperId) =>
      db.all<{ deviceId: string; subscription: string }>(
        'SELECT device_id AS "deviceId", subscription FROM device WHERE shopper_id = ? ORDER BY position',
        shopperId,
      ),
  };
}
