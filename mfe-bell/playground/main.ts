import { setupWorker } from 'msw/browser';
import { relay } from '@souk/shared-events/browser';
import { mockBell, type Mood } from './mock-backend.ts';

const bell = mockBell();
await setupWorker(...bell.handlers).start({ quiet: true, onUnhandledFrame: 'bypass' });
await import('../element/src/button.ts');

/** Something happens in the shop, and the push stream says so. */
function happen(kind: 'order' | 'chat' | 'restock' | 'price'): void {
  const product = { sku: 'bowl', slug: 'bowl', title: 'Safi bowl', variant: 'Cobalt', currency: 'EUR' };
  const goods = { product: { ...product, priceCents: 2400, available: 5 } };
  const price = { ...goods, fromCents: 2900, toCents: 2400 };
  const more = { order: {}, chat: { kind }, restock: { kind, ...goods }, price: { kind, ...price } }[kind];
  const { notification, unread } = bell.notify(more);
  relay({ type: 'bell:changed', detail: bell.count() });
  const about = notification.order?.orderId ?? notification.product?.slug ?? 'c_1';
  relay({ type: 'bell:notified', detail: { notificationId: notification.notificationId, kind, about, unread } });
}

const tools = document.querySelector('#tools')!;
const choice = document.createElement('select');
choice.ariaLabel = 'The backend answers';
choice.append(...['well', 'slow', 'failing', 'unreachable'].map((mood) => new Option(mood)));
choice.addEventListener('change', () => (bell.mood = choice.value as Mood));
tools.append(document.createElement('bell-button'), choice);
for (const kind of ['order', 'chat', 'restock', 'price'] as const) {
  const button = document.createElement('button');
  button.textContent = `News: ${kind}`;
  button.addEventListener('click', () => happen(kind));
  tools.append(button);
}

for (const type of ['bell:changed', 'bell:notified', 'chat:open'])
  window.addEventListener(type, (event) => {
    const line = document.createElement('li');
    line.textContent = `${type} ${JSON.stringify((event as CustomEvent<unknown>).detail)}`;
    document.querySelector('#log')!.prepend(line);
  });
