import type { Notification } from '@souk/bell-api';

/** A notification as a shopper reads it. */
export interface Words {
  readonly title: string;
  readonly text: string;
  /** Where it leads; nothing for the chat, which opens where one is. */
  readonly href?: string;
}

const ofOrders: Readonly<Record<string, Pick<Words, 'title' | 'text'>>> = {
  placed: { title: 'We have your order', text: 'You will hear when it is confirmed.' },
  confirmed: { title: 'Your order is confirmed', text: 'Thank you! It is being packed.' },
  'payment-declined': { title: 'Your card was declined', text: 'You can pay the order with another one.' },
  'payment-failed': { title: 'The payment did not go through', text: 'Your order was not placed.' },
  'sold-out': { title: 'Something was sold out', text: 'Your order was not placed.' },
};

/** What it says. */
export function wordsOf({ kind, order, product, fromCents, toCents }: Notification): Words {
  switch (kind) {
    case 'order': {
      const words = ofOrders[order?.status ?? ''] ?? { title: 'Your order', text: 'There is news of it.' };
      return { ...words, href: `/orders/${encodeURIComponent(order?.orderId ?? '')}` };
    }
    case 'chat':
      return { title: 'The shop answered', text: 'There is an answer to what you asked.' };
    case 'restock':
      return { title: 'Back in stock', text: nameOf(product), href: addressOf(product) };
    case 'price': {
      const [from, to] = [fromCents ?? 0, toCents ?? 0].map((cents) => money(cents, product?.currency ?? 'EUR'));
      const title = (toCents ?? 0) < (fromCents ?? 0) ? 'A lower price in your cart' : 'A higher price in your cart';
      return { title, text: `${nameOf(product)}: ${to} instead of ${from}`, href: addressOf(product) };
    }
  }
}

const formats = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** How long ago, in words. */
export function ageOf(at: string, nowMs: number): string {
  const ageMs = Math.max(0, nowMs - Date.parse(at));
  const [unit, ms] = units.find(([, each]) => ageMs >= each) ?? [];
  return unit === undefined ? 'just now' : formats.format(-Math.floor(ageMs / ms!), unit);
}

function nameOf(product: Notification['product']): string {
  if (!product) return 'Something you looked at';
  return product.variant === '' ? product.title : `${product.title}, ${product.variant}`;
}

function addressOf(product: Notification['product']): string {
  if (!product) return '/';
  return `/p/${encodeURIComponent(product.slug)}?variant=${encodeURIComponent(product.sku)}`;
}

function money(cents: number, currency: string): string {
  return new Intl.NumberFormat('en-IE', { style: 'currency', currency }).format(cents / 100);
}
