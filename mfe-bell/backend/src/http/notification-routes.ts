import {
  Notification,
  NotificationPage,
  NotificationsQuery,
  ReadNotifications,
  Unread,
  WatchAnswer,
  WatchProduct,
} from '@souk/bell-api';
import type { EventChannel } from '@souk/event-channel';
import { Conflict, NotFound, type Projection, type SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';
import type { BellLog } from '../bell-log.ts';
import type { NotificationView, StoredNotification } from '../projections/notifications/notification-view.ts';
import type { ShopView } from '../projections/shop/shop-view.ts';
import type { TakeTurn } from './write-limit.ts';

/** What the routes stand on. */
export interface NotificationRoutesOptions {
  readonly channel: EventChannel;
  readonly bell: BellLog;
  readonly notifications: Projection;
  readonly view: NotificationView;
  readonly shop: Projection;
  readonly shopView: ShopView;
  readonly takeTurn: TakeTurn;
}

/** Variants one shopper may wait for. */
const mostWatched = 50;

const Params = Type.Object({ notificationId: Type.String({ maxLength: 64 }) });
const noStore = ['cache-control', 'private, no-store'] as const;

/** Everything a shopper asks of, and does with, notifications. */
export function addNotificationRoutes(app: SoukApp, options: NotificationRoutesOptions): void {
  addReading(app, options);
  addWriting(app, options);
  addWatching(app, options);
}

function addReading(app: SoukApp, { notifications, view }: NotificationRoutesOptions): void {
  const count = (shopperId: string) => ({ unread: view.unread(shopperId), position: notifications.position() });

  app.get(
    '/api/bell/unread',
    { schema: { summary: 'How many notifications are unread', response: { 200: Unread } } },
    async ({ session }, reply) => {
      reply.header(...noStore);
      return count(session.shopperId);
    },
  );

  app.get(
    '/api/bell/notifications',
    {
      schema: {
        summary: 'What the shopper was told, newest first',
        querystring: NotificationsQuery,
        response: { 200: NotificationPage },
      },
    },
    async ({ session: { shopperId }, query }, reply) => {
      reply.header(...noStore);
      const { notifications: found, hasMore } = view.page(shopperId, query);
      return { ...count(shopperId), notifications: found.map(shown), hasMore };
    },
  );

  app.get(
    '/api/bell/notifications/:notificationId',
    { schema: { summary: 'One notification', params: Params, response: { 200: Notification } } },
    async ({ session: { shopperId }, params: { notificationId } }, reply) => {
      reply.header(...noStore);
      return shown(found(view, shopperId, notificationId));
    },
  );
}

function addWriting(app: SoukApp, { bell, notifications, view, takeTurn }: NotificationRoutesOptions): void {
  const after = async (shopperId: string, position: number | undefined) => {
    // It is safe in the log; a view that lags only means that the next push has the number.
    if (position !== undefined) await notifications.waitFor(position).catch(() => {});
    return { unread: view.unread(shopperId), position: notifications.position() };
  };

  app.post(
    '/api/bell/read',
    { schema: { summary: 'These were seen', body: ReadNotifications, response: { 200: Unread } } },
    async ({ session: { shopperId }, body, cause }) => {
      const isUnread = (id: string) => view.find(shopperId, { id })?.read === false;
      const asked = 'notificationIds' in body ? body.notificationIds.filter(isUnread) : view.unreadIds(shopperId, body);
      if (asked.length === 0) return after(shopperId, undefined);
      takeTurn(shopperId);
      const data = { shopperId, notificationIds: asked };
      return after(shopperId, await bell.note('bell.notifications-read.v1', data, cause));
    },
  );

  for (const [act, dismissed] of [['dismiss', true] as const, ['restore', false] as const]) {
    const summary = dismissed ? 'Put a notification away' : 'Bring back one that was put away';
    app.post(
      `/api/bell/notifications/:notificationId/${act}`,
      { schema: { summary, params: Params, response: { 200: Unread } } },
      async ({ session: { shopperId }, params: { notificationId }, cause }) => {
        const { key, dismissed: isDismissed } = found(view, shopperId, notificationId);
        if (isDismissed === dismissed) return after(shopperId, undefined);
        takeTurn(shopperId);
        const type = dismissed ? 'bell.notification-dismissed.v1' : 'bell.notification-restored.v1';
        return after(shopperId, await bell.note(type, { shopperId, key }, cause));
      },
    );
  }
}

function addWatching(app: SoukApp, options: NotificationRoutesOptions): void {
  const { channel, bell, notifications, view, shop, shopView, takeTurn } = options;
  const isThere = (sku: string) => (shopView.product(sku)?.available ?? 0) > 0;

  app.post(
    '/api/bell/watches',
    {
      schema: {
        summary: 'Tell me, once, when this is back; or do not any more',
        body: WatchProduct,
        response: { 200: WatchAnswer },
      },
    },
    async ({ session: { shopperId }, body: { sku, wanted }, cause }) => {
      const watched = view.watches(shopperId);
      if (watched.includes(sku) === wanted) return { watching: wanted };
      if (wanted && !shopView.product(sku)) throw new NotFound('no-such-product', 'There is no such product.');
      if (wanted && isThere(sku)) return { watching: false };
      if (wanted && watched.length >= mostWatched) {
        throw new Conflict(
          'too-many-watches',
          `You wait for ${mostWatched} things already. Please let go of one first.`,
        );
      }
      takeTurn(shopperId);
      const position = await bell.note(
        wanted ? 'bell.product-watched.v1' : 'bell.product-unwatched.v1',
        { shopperId, sku },
        cause,
      );
      await notifications.waitFor(position);
      if (!wanted) return { watching: false };
      // It may have come back while this was written, by an event that found nobody waiting.
      await shop.waitFor(await channel.lastPosition('catalog'), { stream: 'catalog' }).catch(() => {});
      if (!isThere(sku)) return { watching: true };
      await notifications.waitFor(await bell.note('bell.product-unwatched.v1', { shopperId, sku }, cause));
      return { watching: false };
    },
  );
}

/** The same answer for one that is not there and for somebody else's. */
function found(view: NotificationView, shopperId: string, id: string): StoredNotification {
  const notification = view.find(shopperId, { id });
  if (!notification) throw new NotFound('not-found', 'There is no such notification.');
  return notification;
}

function shown({ key: _key, about: _about, dismissed: _dismissed, ...notification }: StoredNotification): Notification {
  return notification;
}
