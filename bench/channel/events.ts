import { cloudEvent } from '@souk/service-kit';
import type { CloudEvent } from '@souk/event-channel';

/** How many events the log has, on how many subjects. */
export const size = { events: 1_000_000, subjects: 100_000 };

const types = ['cart.item-quantity-set.v1', 'cart.order-placed.v1', 'cart.order-confirmed.v1', 'cart.checked-out.v1'];

/** Event number `n`: about 300 bytes of JSON, of four types in turns. */
export function cartEvent(n: number): CloudEvent {
  return cloudEvent({
    ...{ source: '/cart', type: types[n % types.length]!, time: new Date(1.75e12 + n * 997) },
    data: { cartId: `c${n % size.subjects}`, sku: `SKU-${n % 500}`, quantity: n % 9, priceCents: (n * 37) % 10_000 },
  });
}

/** The subject of event number `n`. */
export const cartSubject = (n: number): string => `cart.cart.c${n % size.subjects}`;
