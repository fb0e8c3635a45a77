import type { EventChannel } from '@souk/event-channel';
import { cloudEvent } from '@souk/service-kit';

type Line = readonly [
  subject: string,
  minute: number,
  id: string,
  cause: string | undefined,
  type: string,
  data: object,
];

/** A morning in the shop, minute by minute from 2026-03-01T08:00Z. */
const lines: readonly Line[] = [
  [
    'catalog.product.cup',
    0,
    'e1',
    undefined,
    'catalog.product-published.v1',
    { slug: 'cup', title: 'Green cup', tags: ['clay', 'green'] },
  ],
  [
    'catalog.product.pot',
    1,
    'e2',
    undefined,
    'catalog.product-published.v1',
    { slug: 'pot', title: 'Tea pot, green glaze', tags: ['clay'] },
  ],
  ['catalog.stock.CUP', 5, 'e3', undefined, 'catalog.stock-counted.v1', { sku: 'CUP', quantity: 7 }],
  ['cart.cart.a', 30, 'e4', undefined, 'cart.item-quantity-set.v1', { cartId: 'a', sku: 'CUP', quantity: 2 }],
  ['cart.cart.b', 59, 'e5', undefined, 'cart.item-quantity-set.v1', { cartId: 'b', sku: 'POT', quantity: 1 }],
  ['cart.cart.a', 61, 'e6', 'e4', 'cart.item-quantity-set.v1', { cartId: 'a', sku: 'CUP', quantity: 3 }],
  [
    'cart.order.o1',
    65,
    'e7',
    'e6',
    'cart.order-placed.v1',
    { orderId: 'o1', totalCents: 1350, 'ship to': 'Köln', lines: [{ sku: 'CUP', n: 3 }] },
  ],
  ['cart.order.o1', 66, 'e8', 'e7', 'cart.order-confirmed.v1', { orderId: 'o1' }],
  [
    'chat.conversation.c1',
    120,
    'e9',
    undefined,
    'chat.message-posted.v1',
    { seq: 1, text: 'Is the GREEN cup safe?', from: 'shopper' },
  ],
  [
    'chat.conversation.c1',
    125,
    'e10',
    'e9',
    'chat.message-posted.v1',
    { seq: 2, text: 'Evergreen yes, it is.', from: 'staff' },
  ],
  [
    'cart.order.o2',
    130,
    'e11',
    undefined,
    'cart.order-placed.v1',
    { orderId: 'o2', totalCents: 700, lines: [{ sku: 'POT', n: 1 }], paid: false },
  ],
  ['cart.order.o2', 131, 'e12', 'e11', 'cart.order-rejected.v1', { orderId: 'o2', reason: null }],
];

/** Puts it into the log, in this order. */
export async function appendGoldenLog(channel: EventChannel): Promise<void> {
  const start = Date.parse('2026-03-01T08:00:00.000Z');
  for (const [subject, minute, id, cause, type, data] of lines) {
    const event = cloudEvent({
      ...{ id, type, data, source: `/${subject.split('.')[0]}`, time: new Date(start + minute * 60_000).toISOString() },
      ...(cause !== undefined && {
        cause: {
          correlationid: cause,
          causationid: cause,
          traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
        },
      }),
    });
    await channel.append(subject, [event], { expect: 'any' });
  }
}
