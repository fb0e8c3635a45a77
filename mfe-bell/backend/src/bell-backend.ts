import { join } from 'node:path';
import {
  createApp,
  openDatabase,
  openKeyStore,
  projection,
  toBackend,
  upcasting,
  type Backend,
  type BackendOptions,
} from '@souk/service-kit';
import { upcast } from '@souk/shared-events/integration';
import { bellLog } from './bell-log.ts';
import { addDeviceRoutes } from './http/device-routes.ts';
import { addNotificationRoutes } from './http/notification-routes.ts';
import { writeLimit } from './http/write-limit.ts';
import { erasePersons } from './persons/erase-person.ts';
import { applyToNotifications } from './projections/notifications/apply.ts';
import { notificationView } from './projections/notifications/notification-view.ts';
import { applyToShop } from './projections/shop/apply.ts';
import { shopView as viewOfShop } from './projections/shop/shop-view.ts';
import { pushTakenOver } from './reactors/push-taken-over.ts';
import { pushToBrowsers } from './reactors/push-to-browsers.ts';
import { tellShoppers } from './reactors/tell-shoppers.ts';
import { bellTables, migrations, shopTables } from './schema.ts';
import { openWebPush } from './web-push/open-web-push.ts';
import { isKnownPushService } from './web-push/push-services.ts';
import type { VapidKeys } from './web-push/vapid.ts';

/** How the bell's backend is opened. */
export interface BellBackendOptions extends BackendOptions {
  /** The shop's name to push services, as {@link https://www.rfc-editor.org/rfc/rfc8292 | VAPID} keys. @default no messages to closed browsers */
  readonly vapid?: VapidKeys;
  /** Whom a push service may write to about us: `mailto:` or `https:`. @default 'mailto:shop@localhost' */
  readonly contact?: string;
  /** Which endpoints are called at all. For tests. @default https at a known push service */
  readonly isPushService?: (endpoint: URL) => boolean;
  /** Time that an open page has to show a thing by itself, before closed browsers hear of it. @default 3000 milliseconds */
  readonly pagesFirstMs?: number;
}

/** Opens the bell: its database, views, reactors and API. `ready()` resolves when the views hold the whole log. */
export async function createBellBackend(options: BellBackendOptions): Promise<Backend> {
  const { dataDir, sharedDir = dataDir, log, sessionSecret, clock = () => new Date() } = options;
  const { vapid, contact = 'mailto:shop@localhost', isPushService = isKnownPushService, pagesFirstMs = 3000 } = options;
  const channel = upcasting(options.channel, upcast);
  const db = openDatabase({ file: join(dataDir, 'bell.db'), migrations });
  const keys = openKeyStore({ file: join(sharedDir, 'keys-bell.db') });
  const shared = { channel, db, log };
  const shop = projection({
    ...shared,
    name: 'bell-shop',
    sources: [{ stream: 'cart' }, { stream: 'chat' }, { stream: 'catalog' }],
    tables: shopTables,
    apply: applyToShop,
  });
  const notifications = projection({
    ...{ ...shared, name: 'bell', tables: bellTables },
    sources: [{ stream: 'bell' }, { stream: 'account', filter: 'account.customer.>' }],
    apply: applyToNotifications,
  });
  const shopView = viewOfShop(db);
  const view = notificationView(db, shopView);
  const bell = bellLog(channel, clock, view.ownerOf);
  const webPush =
    vapid &&
    openWebPush({
      ...shared,
      keys,
      clock,
      bell,
      notifications,
      view,
      vapid,
      contact,
      isPushService,
      pagesFirstMs,
    });
  const erasures = erasePersons({ ...shared, keys });
  const reactors = [
    ...tellShoppers({ ...shared, clock, bell, shop, shopView, notifications, view }),
    pushToBrowsers({ ...shared, notifications, view, shopView }),
    pushTakenOver({ ...shared, notifications, view }),
    ...(webPush?.reactors ?? []),
  ];

  const app = createApp({
    ...{ name: 'bell', version: '0.1.0', log, sessionSecret, channel, clock },
    followers: [shop, notifications, ...reactors, ...erasures.followers],
  });
  const takeTurn = writeLimit(clock);
  addNotificationRoutes(app, { channel, bell, notifications, view, shop, shopView, takeTurn });
  addDeviceRoutes(app, { bell, keys, notifications, view, takeTurn, publicKey: vapid?.publicKey, isPushService });
  return toBackend(app, {
    name: 'bell',
    projections: [shop, notifications, erasures.projection],
    reactors: [...reactors, erasures.reactor],
    opened: [db, keys, ...(webPush ? [webPush] : [])],
  });
}
