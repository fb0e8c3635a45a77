import { expect, test } from './support/test.ts';
import {
  asStaff,
  cards,
  goods,
  isSameDocument,
  markDocument,
  openChat,
  orderStatus,
  placeOrder,
  say,
} from './support/steps.ts';

test('a shop that restarts goes on with its open pages, and tells them what they missed', async ({
  page,
  context,
  newPerson,
  shop,
  expectFaults,
}) => {
  test.slow();
  expectFaults(/ERR_|Failed to load resource/);
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await page.goto(goods.glass.path);
  await openChat(page);
  await markDocument(page);
  const question = `Are you there? ${Date.now()}`;
  await say(page, question);
  const { conversations } = (await (await staff.context.request.get('/api/chat/conversations?state=open')).json()) as {
    conversations: { conversationId: string; last: { text: string } }[];
  };
  const conversationId = conversations.find(({ last }) => last.text === question)?.conversationId;

  // The stream stays down while the shop is up again: what is said now can only come by resuming.
  await context.route(/\/push/, (route) => route.abort());
  await shop.stop();
  await shop.start();
  const answer = await staff.context.request.post('/api/chat/messages', {
    headers: { origin: shop.url },
    data: { conversationId, clientMsgId: crypto.randomUUID(), text: 'Back again.' },
  });
  expect(answer.status()).toBeLessThan(300);
  await context.unroute(/\/push/);

  await expect(page.getByRole('log', { name: 'Messages' }).getByText('Back again.')).toBeVisible({ timeout: 40_000 });
  expect(await isSameDocument(page)).toBe(true);
  await page.getByRole('button', { name: 'Close' }).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page.getByRole('link', { name: 'Cart, 1 item' })).toBeVisible();
});

test('an order whose payment is under way when the shop restarts is brought to its end', async ({
  page,
  shop,
  expectFaults,
}) => {
  test.slow();
  expectFaults(/ERR_|Failed to load resource/);
  await placeOrder(page, cards.silent);
  await expect(orderStatus(page)).toHaveText('Processing');
  await markDocument(page);
  await shop.stop();
  await shop.start();
  await expect(orderStatus(page)).toHaveText(/^Payment failed/, { timeout: 60_000 });
  expect(await isSameDocument(page)).toBe(true);
});
