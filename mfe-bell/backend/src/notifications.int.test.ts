import type { Notification, Unread } from '@souk/bell-api';
import { cloudEvent } from '@souk/service-kit';
import { dumpOf, given, untilEvent } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import fc from 'fast-check';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { bellTables } from './schema.ts';
import { amina, openBell, type OpenBell } from './testing/open-bell.ts';

let bell: OpenBell;
beforeEach(async () => {
  bell = await openBell();
});
afterEach(() => bell.close());

/** What the browsers of a shopper were told so far. */
const pushed = async (shopperId = amina) => {
  const all: { type: string; detail: Record<string, unknown> }[] = [];
  for await (const { event } of bell.channel.read(subjects.pushToShopper(shopperId))) all.push(event.data as never);
  return all;
};
/** Waits until a shopper's browsers have been told so many times. */
const untilPushed = async (type: string, times: number) => {
  let seen = 0;
  const counts = (data: unknown) => (data as { type: string }).type === type && ++seen === times;
  await untilEvent(bell.channel, subjects.pushToShopper(amina), ({ event }) => counts(event.data));
};
const only = async (shopperId = amina): Promise<Notification> => {
  const { notifications } = await bell.notifications(shopperId);
  expect(notifications).toHaveLength(1);
  return notifications[0]!;
};

it('an order is one notification however far it goes, and only its shopper has it', async () => {
  await bell.order('o_1');
  await bell.untilUnread(1);
  expect(await only()).toMatchObject({ kind: 'order', read: false, order: { orderId: 'o_1', status: 'placed' } });
  await bell.orderEvent('o_1', 'cart.payment-declined.v1', { reason: 'card-declined' });
  await bell.orderEvent('o_1', 'cart.order-confirmed.v1');
  await untilPushed('bell:notified', 3);
  expect(await only()).toMatchObject({ order: { status: 'confirmed' } });
  expect(await bell.unread()).toBe(1);
  expect(await bell.unread('s_karim')).toBe(0);
  const news = (await pushed()).filter(({ type }) => type === 'bell:notified');
  expect(news).toHaveLength(3);
  expect(news.at(-1)?.detail).toMatchObject({ kind: 'order', about: 'o_1', unread: 1 });
});

it('the same event delivered again tells nobody a second time', async () => {
  const event = cloudEvent({
    ...{ type: 'cart.order-placed.v2', source: '/cart', id: 'e_1' },
    data: { orderId: 'o_1', shopperId: amina, cartId: `c_${amina}`, lines: [] },
  });
  await given(bell.channel, subjects.order('o_1'), [event]);
  await bell.untilUnread(1);
  await bell.restart();
  await bell.orderEvent('o_1', 'cart.order-rejected.v1', { reason: 'sold-out' });
  await bell.channel.append(subjects.order('o_1'), [event], { expect: 'any' });
  await bell.order('o_2');
  await bell.untilUnread(2);
  const ids = (await pushed()).filter(({ type }) => type === 'bell:notified').map(({ detail }) => detail['about']);
  expect(ids.filter((id) => id === 'o_2')).toHaveLength(1);
  const { notifications } = await bell.notifications();
  expect(notifications.find(({ order }) => order?.orderId === 'o_1')?.order?.status).toBe('sold-out');
});

it('an answer in the chat is told until the conversation is read', async () => {
  const conversation = subjects.conversation('c_9');
  const message = (seq: number, from: string) => ({
    type: 'chat.message-posted.v2',
    data: { conversationId: 'c_9', messageId: `m_${seq}`, clientMsgId: `x${seq}`, seq, from, said: { plain: {} } },
  });
  const started = { conversationId: 'c_9', shopperId: amina, about: null };
  await given(bell.channel, conversation, [
    { type: 'chat.conversation-started.v1', data: started },
    message(1, 'shopper'),
    message(2, 'shop'),
    message(3, 'staff'),
  ]);
  await bell.untilUnread(1);
  expect(await only()).toMatchObject({ kind: 'chat', read: false });
  const read = (upTo: number) => ({
    type: 'chat.conversation-read.v1',
    data: { conversationId: 'c_9', by: 'shopper', upTo },
  });
  await given(bell.channel, conversation, [read(2), read(3)]);
  await bell.untilUnread(0);
  expect(await only()).toMatchObject({ read: true });
});

it('who waits for something is told once when it is back, and only who waits', async () => {
  await bell.publish('vase', 1000);
  await bell.count('vase', 0);
  await bell.backend.ready();
  for (const shopper of [amina, 's_karim']) {
    const answer = await bell.post('watches', { sku: 'vase-1', wanted: true }, shopper);
    expect(await answer.json()).toEqual({ watching: true });
  }
  await bell.post('watches', { sku: 'vase-1', wanted: false }, 's_karim');
  await bell.count('vase', 3);
  await bell.untilUnread(1);
  expect(await only()).toMatchObject({ kind: 'restock', product: { slug: 'vase', title: 'The vase', available: 3 } });
  // Sold out and back again: nobody asked to hear of that.
  await bell.count('vase', 0);
  await bell.count('vase', 5);
  await bell.order('o_1');
  await bell.untilUnread(2);
  const news = (await pushed()).filter(({ type, detail }) => type === 'bell:notified' && detail['kind'] === 'restock');
  expect(news).toHaveLength(1);
  expect(news[0]?.detail).toMatchObject({ about: 'vase' });
  expect(await bell.unread('s_karim')).toBe(0);
});

it('nobody waits for what is there, for what does not exist, or for everything', async () => {
  await bell.publish('vase', 1000);
  await bell.count('vase', 1);
  await bell.backend.ready();
  expect(await (await bell.post('watches', { sku: 'vase-1', wanted: true })).json()).toEqual({ watching: false });
  expect((await bell.post('watches', { sku: 'nothing', wanted: true })).status).toBe(404);
  expect((await bell.post('watches', { sku: 'vase-1' })).status).toBe(400);
});

it('a new price of what is in a cart is told to whose cart it is in', async () => {
  await bell.publish('vase', 1000);
  const set = (shopper: string, quantity: number) =>
    given(bell.channel, `cart.cart.c_${shopper}`, [
      { type: 'cart.item-quantity-set.v1', data: { cartId: `c_${shopper}`, sku: 'vase-1', quantity } },
    ]);
  await set(amina, 2);
  await set('s_karim', 1);
  await set('s_karim', 0);
  await bell.backend.ready();
  await bell.publish('vase', 1000);
  await bell.publish('vase', 1200);
  await bell.untilUnread(1);
  expect(await only()).toMatchObject({ kind: 'price', fromCents: 1000, toCents: 1200, product: { slug: 'vase' } });
  expect(await bell.unread('s_karim')).toBe(0);
});

it('what is read, put away and brought back is counted by the server, and each page is told', async () => {
  for (const id of ['o_1', 'o_2', 'o_3']) await bell.order(id);
  await bell.untilUnread(3);
  const { notifications, position } = await bell.notifications();
  const [newest, middle] = notifications as [Notification, Notification];
  expect(await (await bell.post(`notifications/${newest.notificationId}/dismiss`)).json()).toMatchObject({ unread: 2 });
  expect((await bell.notifications()).notifications).toHaveLength(2);
  expect(await (await bell.post(`notifications/${newest.notificationId}/restore`)).json()).toMatchObject({ unread: 3 });
  const one = { notificationIds: [middle.notificationId] };
  expect(await (await bell.post('read', one)).json()).toMatchObject({ unread: 2 });
  await bell.order('o_4');
  await bell.untilUnread(3);
  // Of what came after the page was shown nobody has seen anything.
  expect(await (await bell.post('read', { upTo: position })).json()).toMatchObject({ unread: 1 });
  expect(await (await bell.post('read', { about: 'o_4' })).json()).toMatchObject({ unread: 0 });
  await bell.untilUnread(0);
});

it('a notification of somebody else is not there', async () => {
  await bell.order('o_1');
  await bell.untilUnread(1);
  const { notificationId } = await only();
  expect((await bell.fetch(`/api/bell/notifications/${notificationId}`, { as: { shopperId: 's_karim' } })).status).toBe(
    404,
  );
  for (const act of ['dismiss', 'restore'])
    expect((await bell.post(`notifications/${notificationId}/${act}`, {}, 's_karim')).status).toBe(404);
  const answer = await bell.post('read', { notificationIds: [notificationId] }, 's_karim');
  expect(await answer.json()).toMatchObject({ unread: 0 });
  expect(await bell.unread()).toBe(1);
});

it('pages follow each other without a gap or anything twice, also when something comes meanwhile', async () => {
  for (let n = 0; n < 7; n++) await bell.order(`o_${n}`);
  await bell.untilUnread(7);
  type Page = Awaited<ReturnType<OpenBell['notifications']>>;
  const first = await bell.get<Page>('notifications?limit=3');
  await bell.order('o_new');
  await bell.untilUnread(8);
  const second = await bell.get<Page>(`notifications?limit=3&before=${first.notifications.at(-1)!.position}`);
  const third = await bell.get<Page>(`notifications?limit=3&before=${second.notifications.at(-1)!.position}`);
  expect([first, second, third].map(({ hasMore }) => hasMore)).toEqual([true, true, false]);
  const ids = [first, second, third].flatMap(({ notifications }) => notifications.map(({ order }) => order?.orderId));
  expect(ids).toEqual(['o_6', 'o_5', 'o_4', 'o_3', 'o_2', 'o_1', 'o_0']);
});

it('the number is that of the unread ones whatever is done, and a rebuilt bell is the same', async () => {
  const orders = ['o_1', 'o_2', 'o_3'];
  for (const id of orders) await bell.order(id);
  await bell.untilUnread(3);
  let declined = 0;
  const act = fc.record({
    kind: fc.constantFrom('read', 'dismiss', 'restore', 'declined', 'all'),
    at: fc.nat({ max: 2 }),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 8 }), async (acts) => {
      for (const { kind, at } of acts) {
        if (kind === 'declined') {
          declined++;
          await bell.orderEvent(orders[at]!, 'cart.payment-declined.v1', { reason: 'card-declined' });
          continue;
        }
        const { notifications, position } = await bell.notifications();
        const { notificationId } = notifications[at % Math.max(1, notifications.length)] ?? {};
        if (kind === 'all') await bell.post('read', { upTo: position });
        else if (kind === 'read' && notificationId) await bell.post('read', { notificationIds: [notificationId] });
        else if (notificationId) await bell.post(`notifications/${notificationId}/${kind}`);
      }
      const { unread, notifications } = await bell.notifications();
      expect(unread).toBe(notifications.filter(({ read }) => !read).length);
    }),
    { numRuns: 5 },
  );
  await untilPushed('bell:notified', orders.length + declined);
  await bell.backend.ready();
  const file = join(bell.dir, 'bell.db');
  const before = dumpOf(file, bellTables);
  const rebuild = await bell.fetch('/api/bell/projections/bell/rebuild', { method: 'POST', as: { roles: ['staff'] } });
  expect(rebuild.status).toBeLessThan(300);
  await expect.poll(async () => dumpOf(file, bellTables) === before).toBe(true);
});

it('what happened long ago is no news', async () => {
  const data = { orderId: 'o_old', shopperId: amina, cartId: `c_${amina}`, lines: [] };
  const time = new Date(Date.now() - 48 * 3_600_000);
  const old = cloudEvent({ type: 'cart.order-placed.v2', source: '/cart', data, time });
  await given(bell.channel, subjects.order('o_old'), [old]);
  await bell.order('o_new');
  await bell.untilUnread(1);
  expect(await only()).toMatchObject({ order: { orderId: 'o_new' } });
});

it('an erased person has nothing left, and whoever comes again begins anew', async () => {
  await bell.order('o_1');
  await bell.untilUnread(1);
  const data = { personId: amina, by: 's_staff' };
  await given(bell.channel, subjects.person(amina), [{ type: 'shell.person-erasure-requested.v1', data }]);
  await untilEvent(bell.channel, subjects.personOf('bell', amina), () => true);
  await bell.backend.ready();
  expect(await bell.notifications()).toMatchObject({ unread: 0, notifications: [] });
  await bell.order('o_2');
  await bell.untilUnread(1);
  expect((await bell.get<Unread>('unread')).unread).toBe(1);
});
