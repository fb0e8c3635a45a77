import { expect, test } from './support/test.ts';
import { asStaff, goods, isSameDocument, markDocument, openChat, say } from './support/steps.ts';

test('a shopper asks, the desk answers, and both see it without loading their pages again', async ({
  page,
  events,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await markDocument(staff.page);
  await page.goto(goods.glass.path);
  await openChat(page);
  await markDocument(page);
  const question = `Are these dishwasher safe? ${Date.now()}`;
  await say(page, question);

  const inbox = staff.page.getByRole('list', { name: 'Conversations' });
  await inbox.getByRole('button').filter({ hasText: question }).click();
  const thread = staff.page.getByRole('log', { name: 'Messages' });
  await expect(thread.getByText(question)).toBeVisible();
  await say(staff.page, 'The clear ones are.');

  const messages = page.getByRole('log', { name: 'Messages' });
  await expect(messages.getByText('The clear ones are.')).toBeVisible();
  await events.waitFor('chat:message-received', ({ from }) => from === 'staff');

  await say(page, 'Thank you');
  await expect(thread.getByText('Thank you')).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
  expect(await isSameDocument(staff.page)).toBe(true);
});

test('an answer to a closed conversation shows as unread, and opening it reads it', async ({
  page,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await page.goto('/');
  await openChat(page);
  const question = `Do you ship to Malta? ${Date.now()}`;
  await say(page, question);
  await page.getByRole('button', { name: 'Close' }).click();

  await staff.page.getByRole('button').filter({ hasText: question }).click();
  await say(staff.page, 'We do.');
  await expect(page.getByRole('button', { name: /Ask the shop.*1 unread/ })).toBeVisible();
  await page.getByRole('button', { name: /Ask the shop/ }).click();
  await expect(page.getByRole('log', { name: 'Messages' }).getByText('We do.')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Ask the shop', exact: true })).toBeVisible();
});

test('a question from a product’s page says what it is about', async ({ page, events }) => {
  await page.goto(goods.glass.path);
  await page.getByRole('button', { name: 'Ask about this' }).click();
  const dialog = page.getByRole('dialog', { name: 'Ask the shop' });
  await expect(dialog.getByRole('link', { name: 'Beldi glass' })).toBeVisible();
  await say(page, 'Is this one in stock?');
  await expect(dialog.getByRole('log').getByRole('link', { name: 'Beldi glass' })).toBeVisible();
  expect(events.seen('chat:open').length).toBeGreaterThan(0);
});

test('the address of a product becomes a card with its picture and price, on both sides', async ({
  page,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await page.goto('/cart');
  await openChat(page);
  const question = `Is there another like this? ${Date.now()}`;
  await page.getByRole('textbox', { name: 'Message' }).fill(`${question} ${shop.url}${goods.waisted.path}`);
  await page.getByRole('button', { name: 'Send' }).click();
  await staff.page.getByRole('button').filter({ hasText: question }).click();
  for (const side of [page, staff.page]) {
    const card = side.getByRole('log', { name: 'Messages' }).getByRole('link', { name: goods.waisted.title });
    await expect(card).toContainText('€9.00');
    await expect(card).toHaveAttribute('href', goods.waisted.path);
    const picture = card.locator('img');
    await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(360);
  }
});

test('what a shopper writes is shown as text and runs nothing', async ({ page }) => {
  await page.goto('/');
  await openChat(page);
  const text = '<img src=x onerror="document.title=\'owned\'"><b>bold</b>';
  await say(page, text);
  await page.reload();
  await openChat(page);
  await expect(page.getByRole('log', { name: 'Messages' }).getByText(text)).toBeVisible();
  await expect(page).not.toHaveTitle('owned');
});

test('the desk is for staff alone', async ({ page, expectFaults }) => {
  expectFaults(/401|403/);
  await page.goto('/desk');
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('Name').fill('Karim');
  await page.getByLabel('Password').fill('guessing');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  expect((await page.request.get('/api/chat/conversations')).status()).toBe(403);
});
