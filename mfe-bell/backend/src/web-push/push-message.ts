import { createHash } from 'node:crypto';
import type { StoredNotification } from '../projections/notifications/notification-view.ts';

/** How a notification travels to a closed browser. */
export interface PushMessage {
  /** JSON for the service worker. It names nobody, and no sum that was paid. */
  readonly payload: string;
  /** A later message about the same takes the place of one that is still waiting: up to 32 characters (RFC 8030). */
  readonly topic: string;
  readonly urgency: 'low' | 'normal' | 'high';
  /** The push service forgets it after so many seconds. */
  readonly ttlSeconds: number;
}

interface Words {
  readonly title: string;
  readonly body: string;
  readonly path: string;
  readonly urgency: PushMessage['urgency'];
  readonly hours: number;
}

const ofOrders: Readonly<Record<string, Pick<Words, 'body' | 'urgency'>>> = {
  confirmed: { body: 'It is confirmed. Thank you!', urgency: 'normal' },
  'payment-declined': { body: 'The card was declined. You can pay with another one.', urgency: 'high' },
  'payment-failed': { body: 'The payment did not go through.', urgency: 'high' },
  'sold-out': { body: 'Something in it was sold out.', urgency: 'high' },
};

/** The message; `undefined` for what is not worth waking anybody. */
export function pushMessage(notification: StoredNotification): PushMessage | undefined {
  const words = wordsOf(notification);
  if (!words) return undefined;
  const { title, body, path, urgency, hours } = words;
  const topic = topicOf(notification.key);
  const { notificationId } = notification;
  return {
    payload: JSON.stringify({ title, body, path, tag: topic, notificationId }),
    ...{ topic, urgency, ttlSeconds: hours * 3600 },
  };
}

/** The same for the same matter, and says nothing about it. */
export function topicOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 32);
}

function wordsOf({ kind, order, product }: StoredNotification): Words | undefined {
  switch (kind) {
    case 'order': {
      const words = order && ofOrders[order.status];
      return words && { ...words, title: 'Your order', path: `/orders/${order.orderId}`, hours: 24 };
    }
    case 'chat':
      return { title: 'The shop answered', body: 'Read it.', path: '/#ask-the-shop', urgency: 'high', hours: 24 };
    case 'restock': {
      if (!product) return undefined;
      const { slug, sku, title } = product;
      const path = `/p/${encodeURIComponent(slug)}?variant=${encodeURIComponent(sku)}`;
      return { title: 'Back in stock', body: title, path, urgency: 'normal', hours: 12 };
    }
    case 'price':
      return { title: 'A price changed', body: 'In your cart.', path: '/cart', urgency: 'low', hours: 12 };
  }
}
