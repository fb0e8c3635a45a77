import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { EventChannel } from '@souk/event-channel';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { subjects } from '@souk/shared-events/integration';
import { sandboxPayments } from './payment/sandbox.ts';
import { add, checkOut, openShop, playCatalog, seen, tokenFor, types } from './testing/shop.ts';

const cardNumber = '4242424242424242';

/** A channel that dies instead of writing one more event of this type: what comes after never happens. */
function dyingBefore(channel: EventChannel, type: string) {
  const died = Promise.withResolvers<void>();
  let dead = false;
  const dying: EventChannel = {
    ...channel,
    async append(subject, events, options) {
      if (dead || events.some((event) => event.type === type)) {
        dead = true;
        died.resolve();
        throw new Error('the process was killed here');
      }
      return channel.append(subject, events, options);
    },
  };
  return { dying, died: died.promise };
}

const steps = [
  'cart.payment-authorized.v1',
  'cart.payment-captured.v1',
  'cart.checked-out.v1',
  'cart.order-confirmed.v1',
];

test.each(steps)('an order stopped right before %s is finished by the next start, and charged once', async (type) => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-cart-'));
  const file = join(dir, 'events.db');
  const dataDir = join(dir, 'cart');

  const first = await sqliteChannel({ file });
  playCatalog(first);
  const { dying, died } = dyingBefore(first, type);
  const before = await openShop(dying, { dataDir });
  await before.sell('A', { priceCents: 2500 });
  await add(before, 'A', 2);
  const { orderId } = (await (await checkOut(before, await tokenFor(before, cardNumber))).json()) as {
    orderId: string;
  };
  await died;
  await before.close();
  await first.close();

  const second = await sqliteChannel({ file });
  playCatalog(second);
  const after = await openShop(second, { dataDir });
  await seen(second, subjects.order(orderId), 'cart.order-confirmed.v1');
  await after.backend.ready();
  const order = await (await after.server.fetch(`/api/cart/orders/${orderId}`)).json();
  expect(order).toMatchObject({ status: 'confirmed', totalCents: 5590 });
  expect(await (await after.server.fetch('/api/cart')).json()).toMatchObject({ count: 0 });
  const all = await types(second, 'cart.>');
  for (const once of steps) expect(all.filter((each) => each === once)).toHaveLength(1);
  await after.close();
  await second.close();

  const payments = sandboxPayments({ file: join(dataDir, 'payments.db'), clock: () => new Date() });
  expect(payments.ledger()).toEqual([
    { key: `${orderId}#1`, operation: 'authorize', amountCents: 5590 },
    { key: `${orderId}#1`, operation: 'capture', amountCents: 5590 },
  ]);
  await payments.close();
  await rm(dir, { recursive: true, force: true });
});

test('carts and orders are rebuilt from the log when their database is gone', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-cart-'));
  const channel = await sqliteChannel({ file: join(dir, 'events.db') });
  playCatalog(channel);
  const dataDir = join(dir, 'cart');
  const before = await openShop(channel, { dataDir });
  await before.sell('A');
  await add(before, 'A', 1);
  const { orderId } = (await (await checkOut(before, await tokenFor(before, cardNumber))).json()) as {
    orderId: string;
  };
  await seen(channel, 'cart.>', 'cart.order-confirmed.v1');
  await add(before, 'A', 3);
  await before.backend.ready();
  const [cart, order] = await Promise.all(
    ['/api/cart', `/api/cart/orders/${orderId}`].map(async (path) => (await before.server.fetch(path)).json()),
  );
  await before.close();

  for (const file of ['cart.db', 'cart.db-wal', 'cart.db-shm']) await rm(join(dataDir, file), { force: true });
  const after = await openShop(channel, { dataDir });
  await after.backend.ready();
  expect(await (await after.server.fetch('/api/cart')).json()).toEqual(cart);
  expect(await (await after.server.fetch(`/api/cart/orders/${orderId}`)).json()).toEqual(order);
  await after.close();
  await channel.close();
  await rm(dir, { recursive: true, force: true });
});

test('no card number is in any file', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-cart-'));
  const channel = await sqliteChannel({ file: join(dir, 'events.db') });
  playCatalog(channel);
  const shop = await openShop(channel, { dataDir: join(dir, 'cart') });
  await shop.sell('A');
  await add(shop, 'A', 1);
  await checkOut(shop, await tokenFor(shop, '4242 4242 4242 4242'));
  await seen(channel, 'cart.>', 'cart.order-confirmed.v1');
  await shop.close();
  await channel.close();
  const files = (await readdir(dir, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThanOrEqual(3);
  for (const { parentPath, name } of files) {
    const text = await readFile(join(parentPath, name), 'latin1');
    expect(text).not.toContain('4242424242424242');
    expect(text).not.toContain('4242 4242');
  }
  await rm(dir, { recursive: true, force: true });
});
