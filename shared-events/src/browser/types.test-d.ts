// Checked by tsc only: each @ts-expect-error is a mistake that the types must catch.
import {
  answer,
  ask,
  CartAddItem,
  CartChanged,
  ChatOpen,
  emit,
  listen,
  ShellPushReset,
  type CartAddItemReply,
} from './index.ts';

export function plainListenersAreTyped(element: HTMLElement, vector: SVGElement): void {
  element.addEventListener('cart:changed', (event) => event.detail.count.toFixed());
  vector.addEventListener('cart:changed', (event) => event.detail.count.toFixed());
  document.addEventListener('cart:changed', (event) => event.detail.count.toFixed());
  window.addEventListener('cart:changed', (event) => event.detail.currency satisfies 'EUR');
  window.addEventListener('cart:add-item', ({ detail }) => detail.payload.sku.trim());
  // @ts-expect-error no such member
  window.addEventListener('cart:changed', (event) => event.detail.counter);
  // @ts-expect-error the payload of a request is one level down
  document.addEventListener('cart:add-item', (event) => event.detail.sku);
}

export function detailsAreChecked(): void {
  emit(window, new CartChanged({ count: 1, totalCents: 2, currency: 'EUR' }));
  emit(window, new ShellPushReset({}));
  use(new ChatOpen({}));
  use(new ChatOpen({ about: null }));
  // @ts-expect-error currency is missing
  use(new CartChanged({ count: 1, totalCents: 2 }));
  // @ts-expect-error no such currency
  use(new CartChanged({ count: 1, totalCents: 2, currency: 'USD' }));
  // @ts-expect-error no such member
  use(new CartChanged({ count: 1, totalCents: 2, currency: 'EUR', email: 'a@b.c' }));
  // @ts-expect-error no such kind
  use(new ChatOpen({ about: { kind: 'cart', id: '1' } }));
  // @ts-expect-error a request is asked, not emitted
  emit(window, new CartAddItem({ sku: 'a', quantity: 1 }));
}

export function listenersAreChecked(): void {
  listen(CartChanged, ({ count }, event) => count + event.detail.totalCents);
  listen(CartChanged, (detail) => {
    // @ts-expect-error details are read-only
    detail.count = 2;
  });
  // @ts-expect-error a request is answered, not listened to
  listen(CartAddItem, () => {});
}

export async function requestsAreChecked(): Promise<void> {
  const reply = await ask(window, new CartAddItem({ sku: 'a', quantity: 1 }));
  reply satisfies CartAddItemReply;
  // @ts-expect-error no such member
  use(reply.total);
  answer(CartAddItem, ({ quantity }) => ({ count: quantity, totalCents: 2, currency: 'EUR' }));
  // @ts-expect-error the reply lacks members
  answer(CartAddItem, async () => ({ count: 1 }));
  // @ts-expect-error only requests are answered
  answer(CartChanged, () => {});
  // @ts-expect-error only requests are asked
  await ask(window, new CartChanged({ count: 1, totalCents: 2, currency: 'EUR' }));
}

function use(..._values: readonly unknown[]): void {}
