import type { EventChannel, Recorded } from '@souk/event-channel';
import { cloudEvent, reactor, type Database, type Logger, type Projection, type Reactor } from '@souk/service-kit';
import { subjects, type IntegrationData } from '@souk/shared-events/integration';
import type { NotificationView } from '../projections/notifications/notification-view.ts';
import type { ShopView } from '../projections/shop/shop-view.ts';

/** What the push stands on. */
export interface PushToBrowsersOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly log: Logger;
  readonly notifications: Projection;
  readonly view: NotificationView;
  readonly shopView: ShopView;
}

/** Events after which the number may be another one. */
const counted: readonly string[] = [
  'bell.notified.v1',
  'bell.notifications-read.v1',
  'bell.notification-dismissed.v1',
  'bell.notification-restored.v1',
] satisfies (keyof IntegrationData)[];

/**
 * Tells all of a shopper's pages the number, by the server's count, after whatever changes it; and that there is something
 * new, by ids only.
 */
export function pushToBrowsers(options: PushToBrowsersOptions): Reactor {
  const { channel, db, log, notifications, view, shopView } = options;

  const push = async (shopperId: string, recorded: Recorded, type: string, detail: object) => {
    const data = { type, detail };
    const event = cloudEvent({ type: 'shell.browser-event.v1', source: '/bell', data, cause: recorded });
    const messageId = `/bell/push/${recorded.event.id}/${type}`;
    await channel.append(subjects.pushToShopper(shopperId), [event], { expect: 'any', messageId });
  };

  return reactor({
    ...{ name: 'bell-push', channel, db, log, stream: 'bell', types: counted },
    async handle(recorded) {
      const { type, data } = recorded.event;
      await notifications.waitFor(recorded.position, { timeoutMs: 10_000 });
      const shopperId = view.ownerOf((data as { shopperId: string }).shopperId);
      // Read together, so that the number is that of the position.
      const [unread, position] = [view.unread(shopperId), notifications.position()];
      await push(shopperId, recorded, 'bell:changed', { unread, position });
      if (type !== 'bell.notified.v1') return;
      const { notificationId, kind, about: subject } = data as IntegrationData[typeof type];
      const about = shopView.product(subject)?.slug ?? subject;
      await push(shopperId, recorded, 'bell:notified', { notificationId, kind, about, unread });
    },
  });
}
