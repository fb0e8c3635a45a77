import type { IntegrationData } from '@souk/shared-events/integration';

/** What a shopper is told, but for whom and when: ids and numbers only. */
export type Notice = Omit<IntegrationData['bell.notified.v1'], 'notificationId' | 'shopperId'>;

/** Where an order stands, as far as a shopper waits for it; the steps between last a second and are on the order's page. */
export type ToldStatus = 'placed' | 'confirmed' | 'payment-declined' | 'payment-failed' | 'sold-out';

interface OrderEvent {
  readonly type: string;
  readonly data: unknown;
}

/** Events of an order that a shopper is told of. */
export const toldOfOrders: readonly string[] = [
  'cart.order-placed.v2',
  'cart.payment-declined.v1',
  'cart.order-confirmed.v1',
  'cart.order-rejected.v1',
] satisfies (keyof IntegrationData)[];

/** What an event of an order means to its shopper; `undefined` = nothing new. */
export function orderStatus({ type, data }: OrderEvent): ToldStatus | undefined {
  switch (type) {
    case 'cart.order-placed.v2':
      return 'placed';
    case 'cart.payment-declined.v1':
      return 'payment-declined';
    case 'cart.order-confirmed.v1':
      return 'confirmed';
    case 'cart.order-rejected.v1':
      return (data as IntegrationData['cart.order-rejected.v1']).reason === 'sold-out' ? 'sold-out' : 'payment-failed';
    default:
      return undefined;
  }
}

/** One notification per order, however far it goes: the newest status takes the place of the one before. */
export function orderNotice(orderId: string, status: ToldStatus): Notice {
  return { key: `order.${orderId}`, kind: 'order', about: orderId, status };
}

/** One notification per conversation: of ten answers that were not read one says as much. */
export function chatNotice(conversationId: string): Notice {
  return { key: chatKey(conversationId), kind: 'chat', about: conversationId };
}

/** Key of the notification about a conversation. */
export function chatKey(conversationId: string): string {
  return `chat.${conversationId}`;
}

/** A variant that was sold out is there again. */
export function restockNotice(sku: string): Notice {
  return { key: `restock.${sku}`, kind: 'restock', about: sku };
}

/** Something in the cart costs something else now. */
export function priceNotice(sku: string, fromCents: number, toCents: number): Notice {
  return { key: `price.${sku}`, kind: 'price', about: sku, fromCents, toCents };
}
