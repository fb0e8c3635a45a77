import { given } from '@souk/service-kit/testing';
import { subjects } from '@souk/shared-events/integration';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { amina, openBell, type OpenBell } from './testing/open-bell.ts';

const customerId = 'cu_amina';
let bell: OpenBell;
beforeEach(async () => {
  bell = await openBell();
});
afterEach(() => bell.close());

const signIn = () => {
  const data = { customerId, guestId: amina };
  return given(bell.channel, subjects.account(customerId), [{ type: 'account.signed-in.v1', data }]);
};
const orders = async (shopperId: string) =>
  (await bell.notifications(shopperId)).notifications.map(({ order, read }) => [order?.orderId, order?.status, read]);

it('what a guest was told is the customer’s after the sign-in, with what comes of it later', async () => {
  await bell.order('o_1');
  await bell.untilUnread(1);
  await bell.order('o_2', customerId);
  await bell.untilUnread(1, customerId);
  await signIn();
  await bell.untilUnread(2, customerId);
  expect(await bell.unread()).toBe(0);

  expect((await bell.post('read', { about: 'o_1' }, customerId)).status).toBe(200);
  await bell.untilUnread(1, customerId);
  await bell.orderEvent('o_1', 'cart.order-confirmed.v1');
  await bell.untilUnread(2, customerId);
  expect(await orders(customerId)).toEqual([
    ['o_1', 'confirmed', false],
    ['o_2', 'placed', false],
  ]);
  expect(await orders(amina)).toEqual([]);

  await signIn();
  await bell.restart();
  expect(await bell.unread(customerId)).toBe(2);
});

it('an answer to what the guest asked is told the customer, until it is read, and who waits goes on waiting', async () => {
  const conversation = subjects.conversation('c_9');
  const started = {
    type: 'chat.conversation-started.v1',
    data: { conversationId: 'c_9', shopperId: amina, about: null },
  };
  const data = { conversationId: 'c_9', messageId: 'm_1', clientMsgId: 'm_1', seq: 1, about: null, from: 'staff' };
  const answer = {
    type: 'chat.message-posted.v2',
    data: { ...data, said: { plain: { author: 'Karim', text: 'Yes' } } },
  };
  const read = { type: 'chat.conversation-read.v1', data: { conversationId: 'c_9', by: 'shopper', upTo: 1 } };
  await bell.publish('plate', 900);
  await bell.count('plate', 0);
  await bell.backend.ready();
  expect(await (await bell.post('watches', { sku: 'plate-1', wanted: true })).json()).toEqual({ watching: true });
  await signIn();
  await bell.backend.ready();
  await given(bell.channel, conversation, [started, answer]);
  await bell.untilUnread(1, customerId);
  await given(bell.channel, conversation, [read]);
  await bell.untilUnread(0, customerId);
  await bell.count('plate', 3);
  await bell.untilUnread(1, customerId);
  expect((await bell.notifications(customerId)).notifications[0]).toMatchObject({ kind: 'restock' });
});
