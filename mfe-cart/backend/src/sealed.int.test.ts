import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Order } from '@souk/cart-api';
import type { EventChannel } from '@souk/event-channel';
import { memoryChannel } from '@souk/event-channel/memory';
import { sqliteChannel } from '@souk/event-channel/sqlite';
import { openDatabase } from '@souk/service-kit';
import { given } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { expect, test } from 'vitest';
import { sandboxPayments } from './payment/sandbox.ts';
import { migrations } from './read-model.ts';
import { add, checkOut, delivery, openShop, playCatalog, seen, tokenFor, types } from './testing/shop.ts';

const personal = [delivery.name, delivery.email, delivery.street];

test('an order’s address and card are in no file in the clear, and its shopper reads them', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-cart-'));
  const channel = await sqliteChannel({ file: join(dir, 'events.db') });
  playCatalog(channel);
  const shop = await openShop(channel, { dataDir: dir });
  await shop.sell('A');
  await add(shop, 'A', 1);
  const placed = (await (await checkOut(shop, await tokenFor(shop, '4242424242424242'))).json()) as { orderId: string };
  await seen(channel, 'cart.>', 'cart.order-confirmed.v1');
  const order = await (await shop.server.fetch(`/api/cart/orders/${placed.orderId}`)).json();
  expect(order).toMatchObject({ delivery, payment: { last4: '4242' } });
  expect(order).not.toHaveProperty('erased');
  await shop.close();
  await channel.close();
  const text = await textOfAll(dir);
  expect(personal.filter((word) => text.includes(word))).toEqual([]);
  expect(text).not.toContain('"last4":"4242"');
  await rm(dir, { recursive: true, force: true });
});

test('an order from before there were seals is read as it was, and sealed in the read model', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-cart-'));
  const channel = await sqliteChannel({ file: join(dir, 'events.db') });
  const lines = [{ sku: 'A', slug: 'a', title: 'Tile', variant: '', quantity: 1, unitPriceCents: 1000 }];
  const data = {
    ...{ orderId: 'o_old', cartId: 'c_s_anna', shopperId: 's_anna', lines, subtotalCents: 1000, shippingCents: 0 },
    ...{ taxCents: 160, totalCents: 1000, currency: 'EUR', delivery },
    payment: { token: 'tok_old', brand: 'Visa', last4: '4242' },
  };
  await given(channel, subjects.order('o_old'), [
    { type: 'cart.order-placed.v1', data },
    { type: 'cart.payment-declined.v1', data: { orderId: 'o_old', reason: 'card-declined' } },
    {
      type: 'cart.payment-changed.v1',
      data: { orderId: 'o_old', attempt: 2, payment: { token: 'tok_new', brand: 'Visa', last4: '1881' } },
    },
    { type: 'cart.order-confirmed.v1', data: { orderId: 'o_old' } },
  ]);
  // A read model of that time, which holds the address.
  const old = openDatabase({ file: join(dir, 'own', 'cart.db'), migrations: migrations.slice(0, 1) });
  old.run("INSERT INTO orders VALUES ('o_old', 's_anna', '2026', ?)", JSON.stringify(data));
  old.run("INSERT INTO souk_checkpoint VALUES ('cart', 'cart', 4)");
  old.close();

  const shop = await openShop(channel, { dataDir: join(dir, 'own') });
  await shop.backend.ready();
  const order = (await (await shop.server.fetch('/api/cart/orders/o_old')).json()) as Order;
  expect(order).toMatchObject({ status: 'confirmed', delivery, payment: { last4: '1881' } });
  await shop.close();
  await channel.close();
  const now = openDatabase({ file: join(dir, 'own', 'cart.db'), migrations });
  const rows = JSON.stringify(now.all('SELECT * FROM orders'));
  expect(rows).toContain('o_old');
  expect(personal.filter((word) => rows.includes(word))).toEqual([]);
  now.close();
  await rm(dir, { recursive: true, force: true });
});

test('a shopper’s cards are gone from the provider’s file when the shopper is forgotten, and the books stay', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-cards-'));
  const payments = sandboxPayments({ file: join(dir, 'payments.db'), clock: () => new Date() });
  const card = { cardNumber: '4242424242424242', expiryMonth: 12, expiryYear: 2090, cvc: '123' };
  const [gone, stays] = [await payments.tokenize(card, 's_anna'), await payments.tokenize(card, 's_bela')];
  const request = { key: 'o_1#1', token: gone.token, amountCents: 100, currency: 'EUR' };
  await payments.authorize(request, new AbortController().signal);
  await payments.forget?.('s_anna');
  expect(await payments.describe(gone.token, 's_anna')).toBeNull();
  expect(await payments.describe(stays.token, 's_bela')).toEqual(stays);
  expect(payments.ledger()).toHaveLength(1);
  const files = await Promise.all((await readdir(dir)).map((name) => readFile(join(dir, name), 'latin1')));
  expect(files.join('\n')).toContain(stays.token);
  expect(files.join('\n')).not.toContain(gone.token);
  await payments.close();
  await rm(dir, { recursive: true, force: true });
});

test('an order under way is given up when its person is erased: nothing is taken, and what was held is given back', async () => {
  const channel = memoryChannel();
  let erased = false;
  playCatalog(channel, () => (erased ? 'reserve' : 'silent'));
  const shop = await openShop(channel);
  await shop.sell('A');
  await add(shop, 'A', 1);
  await checkOut(shop, await tokenFor(shop, '4242424242424242'));
  await seen(channel, 'cart.order.>', 'cart.payment-authorized.v1');
  await erase(channel, 's_anna');
  erased = true;
  await seen(channel, 'cart.order.>', 'cart.payment-capture-refused.v1');
  await seen(channel, 'cart.order.>', 'cart.payment-voided.v1');
  await seen(channel, 'catalog.reservation.>', 'catalog.stock-released.v1');
  await seen(channel, 'cart.saga.>', 'cart.saga-ended.v1');
  expect(await types(channel, 'cart.order.>')).not.toContain('cart.payment-captured.v1');
  await shop.close();
  await channel.close();
});

test('cards that an older file of the provider brings back are forgotten when the keys know that their person is erased', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'souk-cart-'));
  const channel = memoryChannel();
  const first = await openShop(channel, { dataDir: dir });
  const token = await tokenFor(first, '4242424242424242');
  await first.close();
  const older = await readFile(join(dir, 'payments.db'));
  const second = await openShop(channel, { dataDir: dir });
  await erase(channel, 's_anna');
  await second.close();
  await writeFile(join(dir, 'payments.db'), older);

  const third = await openShop(channel, { dataDir: dir });
  const payments = sandboxPayments({ file: join(dir, 'payments.db'), clock: () => new Date() });
  expect(await payments.describe(token, 's_anna')).toBeNull();
  await payments.close();
  await third.close();
  await channel.close();
  await rm(dir, { recursive: true, force: true });
});

/** Asks for a person to be erased, and waits until the cart has done so. */
async function erase(channel: EventChannel, personId: string): Promise<void> {
  const data = { personId, by: 's_staff' };
  await given(channel, subjects.person(personId), [{ type: 'shell.person-erasure-requested.v1', data }]);
  await seen(channel, 'cart.person.>', 'cart.person-erased.v1');
}

async function textOfAll(dir: string): Promise<string> {
  const files = (await readdir(dir, { withFileTypes: true })).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThanOrEqual(4);
  return (await Promise.all(files.map(({ name }) => readFile(join(dir, name), 'latin1')))).join('\n');
}
