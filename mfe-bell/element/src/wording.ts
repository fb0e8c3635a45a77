import { money, relative } from '@souk/shared-events/browser';
import type { Notification } from '@souk/bell-api';
import { words } from './words/index.ts';

/** A notification as a shopper reads it. */
export interface Words {
  readonly title: string;
  readonly text: string;
  /** Where it leads; nothing for the chat, which opens where one is. */
  readonly href?: string;
}

/** What it says. */
export function wordsOf({ kind, order, product, fromCents, toCents }: Notification): Words {
  const { orders, chat, restock, lower, higher, priceOf } = words();
  switch (kind) {
    case 'order': {
      const said =
        (orders as Readonly<Record<string, Pick<Words, 'title' | 'text'>>>)[order?.status ?? ''] ?? orders.other;
      return { ...said, href: `/orders/${encodeURIComponent(order?.orderId ?? '')}` };
    }
    case 'chat':
      return chat;
    case 'restock':
      return { title: restock, text: nameOf(product), href: addressOf(product) };
    case 'price': {
      const [from, to] = [fromCents ?? 0, toCents ?? 0].map((cents) => money(cents));
      const title = (toCents ?? 0) < (fromCents ?? 0) ? lower : higher;
      return { title, text: priceOf(nameOf(product), to!, from!), href: addressOf(product) };
    }
  }
}

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago, in words. */
export function ageOf(at: string, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - Date.parse(at));
  const [unit, ms] = units.find(([, each]) => ageMs >= each) ?? [];
  return unit === undefined ? words().justNow : relative(-Math.floor(ageMs / ms!), unit);
}

function nameOf(product: Notification['product']): string {
  if (!product) return words().something;
  return product.variant === '' ? product.title : `${product.title}, ${product.variant}`;
}

function addressOf(product: Notification['product']): string {
  if (!product) return '/';
  return `/p/${encodeURIComponent(product.slug)}?variant=${encodeURIComponent(product.sku)}`;
}
