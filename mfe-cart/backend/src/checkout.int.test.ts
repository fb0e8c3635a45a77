import { afterEach, expect, test } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { subjects } from '@souk/shared-events/integration';
import { add, checkOut, openShop, playCatalog, seen, tokenFor, types } from './testing/shop.ts';
import type { Shop } from './testing/shop.ts';

let channel: EventChannel;
let shop: Shop;

async function open(answer: 'reserve' | 'reject' = 'reserve'): Promise<void> {
  channel = memoryChannel();
  playCatalog(channel, answer);
  shop = await openShop(channel);
  await shop.sell('A', { priceCents: 2500, quantity: 5 });
  await add(shop, 'A', 2);
}

afterEach(async () => {
  await shop.close();
  await channel.close();
});

async function placed(answer: Response): Promise<string> {
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { orderId: string }).orderId;
}

async function order(orderId: string) {
  return (await (await shop.server.fetch(`/api/cart/orders/${orderId}`)).json()) as {
    status: string;
    reason?: string;
    timeline: { status: string }[];
  };
}

test('a good card is authorized, the stock is taken, the money captured, the cart emptied, the order confirmed', async () => {
  await open();
  const answer = await checkOut(shop, await tokenFor(shop, '4242 4242 4242 4242'));
  const orderId = await placed(answer);
  expect(answer.headers.get('location')).toBe(`/orders/${orderId}`);
  await seen(channel, 'cart.order.>', 'cart.order-confirmed.v1');
  await shop.backend.ready();
  expect(await types(channel, subjects.order(orderId))).toEqual([
    'cart.order-placed.v1',
    'cart.payment-authorized.v1',
    'cart.stock-requested.v1',
    'cart.payment-captured.v1',
    'cart.order-confirmed.v1',
  ]);
  const { status, timeline } = await order(orderId);
  expect(status).toBe('confirmed');
  expect(timeline.map((step) => step.status)).toEqual(['placed', 'authorized', 'reserved', 'confirmed']);
  expect(await (await shop.server.fetch('/api/cart')).json()).toMatchObject({ count: 0, totalCents: 0 });
});
