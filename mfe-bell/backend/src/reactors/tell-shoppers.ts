import type { EventChannel, Recorded } from '@souk/event-channel';
import { reactor, type Database, type Logger, type Projection, type Reactor } from '@souk/service-kit';
import type { IntegrationData } from '@souk/shared-events/integration';
import type { BellLog } from '../bell-log.ts';
import {
  chatKey,
  chatNotice,
  orderNotice,
  orderStatus,
  priceNotice,
  restockNotice,
  toldOfOrders,
} from '../domain/notices.ts';
import type { NotificationView } from '../projections/notifications/notification-view.ts';
import type { ShopView } from '../projections/shop/shop-view.ts';

/** What the reactors stand on. */
export interface TellShoppersOptions {
  readonly channel: EventChannel;
  readonly db: Database;
  readonly log: Logger;
  readonly clock: () => Date;
  readonly bell: BellLog;
  /** What the bell knows of the shop. */
  readonly shop: Projection;
  readonly shopView: ShopView;
  readonly notifications: Projection;
  readonly view: NotificationView;
}

/** What happened longer ago is no news: a bell that is put into an old shop, or was away for days, is silent about it. Milliseconds. */
const newsMs = 24 * 3_600_000;

/** How long a reactor waits for a view, in milliseconds. */
const viewWithinMs = 10_000;

/** What orders, conversations and goods mean to shoppers, each stream in its own order. */
export function tellShoppers(options: TellShoppersOptions): readonly Reactor[] {
  const { channel, db, log, clock, shop } = options;
  const follow = (name: string, stream: string, types: readonly string[], act: (recorded: Recorded) => Promise<void>) =>
    reactor({
      ...{ name, channel, db, log, stream, types },
      async handle(recorded) {
        if (clock().getTime() - Date.parse(recorded.event.time) > newsMs) return;
        await shop.waitFor(recorded.position, { stream, timeoutMs: viewWithinMs });
        await act(recorded);
      },
    });
  return [
    follow('bell-orders', 'cart', toldOfOrders, (recorded) => ofOrder(options, recorded)),
    follow('bell-answers', 'chat', ['chat.message-posted.v2', 'chat.conversation-read.v1'], (recorded) =>
      ofConversation(options, recorded),
    ),
    follow('bell-goods', 'catalog', goodsTypes, (recorded) => ofGoods(options, recorded)),
  ];
}

async function ofOrder({ bell, shopView }: TellShoppersOptions, recorded: Recorded): Promise<void> {
  const status = orderStatus(recorded.event);
  const { orderId } = recorded.event.data as { orderId: string };
  const shopperId = shopView.shopperOfOrder(orderId);
  if (status === undefined || shopperId === undefined) return;
  await bell.tell(shopperId, orderNotice(orderId, status), recorded);
}

async function ofConversation(options: TellShoppersOptions, recorded: Recorded): Promise<void> {
  const { bell, shopView, channel, notifications, view } = options;
  const { type, data } = recorded.event;
  const { conversationId } = data as { conversationId: string };
  const conversation = shopView.conversation(conversationId);
  if (!conversation) return;
  const { answeredSeq } = conversation;
  if (type === 'chat.message-posted.v2') {
    const { from } = data as IntegrationData[typeof type];
    // What the shop says by itself comes at once, to a conversation that is open.
    if (from === 'staff') await bell.tell(conversation.shopperId, chatNotice(conversationId), recorded);
    return;
  }
  const { by, upTo } = data as IntegrationData['chat.conversation-read.v1'];
  if (by !== 'shopper' || upTo < answeredSeq) return;
  // The notification may have been written a moment ago.
  await notifications.waitFor(await channel.lastPosition('bell'), { timeoutMs: viewWithinMs });
  const shopperId = view.ownerOf(conversation.shopperId);
  const told = view.find(shopperId, { key: chatKey(conversationId) });
  if (!told || told.read) return;
  await bell.note('bell.notifications-read.v1', { shopperId, notificationIds: [told.notificationId] }, recorded);
}

const goodsTypes: readonly string[] = [
  'catalog.product-published.v1',
  'catalog.stock-counted.v1',
  'catalog.stock-released.v1',
] satisfies (keyof IntegrationData)[];

async function ofGoods(options: TellShoppersOptions, recorded: Recorded): Promise<void> {
  const { bell, shopView, view, channel, notifications } = options;
  const { type, data } = recorded.event;
  if (type === 'catalog.product-published.v1') {
    const { slug } = data as IntegrationData[typeof type];
    for (const { sku, fromCents, toCents } of shopView.changesAt(slug, recorded.position))
      for (const shopperId of shopView.shoppersWithInCart(sku))
        await bell.tell(shopperId, priceNotice(sku, fromCents, toCents), recorded);
  }
  const back = skusIn(options, recorded).filter((sku) => (shopView.product(sku)?.available ?? 0) > 0);
  if (back.length === 0) return;
  // Somebody told a moment ago does not wait any more.
  await notifications.waitFor(await channel.lastPosition('bell'), { timeoutMs: viewWithinMs });
  for (const sku of back)
    for (const shopperId of view.watchers(sku)) await bell.tell(shopperId, restockNotice(sku), recorded);
}

function skusIn({ shopView }: TellShoppersOptions, { event: { type, data } }: Recorded): readonly string[] {
  switch (type) {
    case 'catalog.product-published.v1':
      return shopView.skusOf((data as IntegrationData[typeof type]).slug);
    case 'catalog.stock-counted.v1':
      return [(data as IntegrationData[typeof type]).sku];
    case 'catalog.stock-released.v1':
      return (data as IntegrationData[typeof type]).lines.map(({ sku }) => sku);
    default:
      return [];
  }
}
