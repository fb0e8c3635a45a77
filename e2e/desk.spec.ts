import type { Page } from '@playwright/test';
import { addToCart, asStaff, cards, goods, openChat, placeOrder, say } from './support/steps.ts';
import { expect, test } from './support/test.ts';

const inbox = (page: Page) => page.getByRole('list', { name: 'Conversations' });
const messages = (page: Page) => page.getByRole('log', { name: 'Messages' });
const act = (page: Page, name: string) =>
  page.getByRole('group', { name: 'Conversation' }).getByRole('button', { name, exact: true }).click();
const open = (page: Page, question: string) => inbox(page).getByRole('button').filter({ hasText: question }).click();

test('two at the desk: one has the conversation, the other is told, notes stay with them, and a hand-over arrives', async ({
  page,
  newPerson,
  shop,
  expectFaults,
}) => {
  // Who comes second is refused.
  expectFaults(/409.*\/claim/);
  const [zaynab, karim] = [await newPerson(), await newPerson()];
  await asStaff(zaynab.page, shop, 'Zaynab');
  await asStaff(karim.page, shop, 'Karim');
  await page.goto('/');
  await openChat(page);
  const question = `Is the kilim wool? ${Date.now()}`;
  await say(page, question);
  await open(zaynab.page, question);
  await open(karim.page, question);

  await Promise.all([act(zaynab.page, 'Take it'), act(karim.page, 'Take it')].map((press) => press.catch(() => {})));
  const standing = (who: Page) => who.locator('.standing');
  await expect(standing(zaynab.page)).toContainText(/with (you|Karim)/);
  const first = (await standing(zaynab.page).textContent())?.includes('with you') ? zaynab : karim;
  const [winner, loser] = first === zaynab ? [zaynab, karim] : [karim, zaynab];
  await expect(standing(loser.page)).toContainText(winner === zaynab ? 'with Zaynab' : 'with Karim');

  await winner.page.getByRole('button', { name: 'Private note' }).click();
  const note = `She is a friend of the house ${Date.now()}`;
  await winner.page.getByRole('textbox', { name: 'A note for colleagues' }).fill(note);
  await winner.page.getByRole('button', { name: 'Keep note' }).click();
  await expect(messages(loser.page).getByText(note)).toBeVisible();

  await act(winner.page, 'Hand on');
  const dialog = winner.page.getByRole('dialog', { name: 'Hand it on' });
  await dialog.getByRole('radio', { name: loser === zaynab ? /Zaynab/ : /Karim/ }).check();
  await dialog.getByRole('textbox').fill('You know wool');
  await dialog.getByRole('button', { name: 'Hand it on' }).click();
  await expect(standing(loser.page)).toContainText('with you');
  await expect(messages(loser.page).getByText('You know wool')).toBeVisible();

  await say(loser.page, 'All of it.');
  await expect(messages(page).getByText('All of it.')).toBeVisible();
  await act(loser.page, 'Close');
  await expect(standing(winner.page)).toContainText('Closed');
  await say(page, 'Thank you!');
  await expect(standing(winner.page)).not.toContainText('Closed');

  const shopperSees = (await page.getByRole('dialog', { name: 'Ask the shop' }).textContent()) ?? '';
  expect(shopperSees).not.toMatch(/friend of the house|You know wool|Zaynab|Karim|closed it/);
  const download = winner.page.waitForEvent('download');
  await winner.page.getByRole('link', { name: 'Transcript' }).click();
  expect((await download).suggestedFilename()).toMatch(/^conversation-.{4}\.txt$/);
});

test('the desk sees cart and orders beside the conversation, and puts a canned reply in by keys', async ({
  page,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  await asStaff(staff.page, shop, 'Zaynab');
  const orderId = (await placeOrder(page, cards.good)).split('/').at(-1)!;
  await addToCart(page, goods.anise.path);
  await openChat(page);
  const question = `Can you add to my order? ${Date.now()}`;
  await say(page, question);
  await open(staff.page, question);
  const beside = staff.page.getByRole('complementary', { name: 'Mona Haddad' });
  await expect(beside.getByRole('link', { name: goods.anise.title })).toBeVisible();
  await expect(beside.getByText(orderId)).toBeVisible();
  await expect(beside).not.toContainText(/Leipzig|mona@example|4242/);

  await staff.page.getByRole('textbox', { name: 'Message' }).press('/');
  await staff.page.getByRole('combobox', { name: 'Canned reply' }).pressSequentially('where');
  await staff.page.keyboard.press('Enter');
  const box = staff.page.getByRole('textbox', { name: 'Message' });
  await expect(box).toHaveValue(new RegExp(`^Hello Mona, I have looked up order ${orderId}`));
  await box.press('Enter');
  await expect(messages(page).getByText(`I have looked up order ${orderId}`)).toBeVisible();
});
