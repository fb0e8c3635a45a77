import type { Page } from '@playwright/test';
import { authenticator, register, syncPasskey } from './support/account.ts';
import { expect, test } from './support/test.ts';
import { openChat, say } from './support/steps.ts';

const launcher = (page: Page, unread: 0 | 1) =>
  unread === 0
    ? page.getByRole('button', { name: 'Ask the shop', exact: true })
    : page.getByRole('button', { name: /Ask the shop.*1 unread/ });
const log = (page: Page) => page.getByRole('log', { name: 'Messages' });

test('a guest’s conversation goes on after signing in, on two devices: answers reach both, and reading on one is enough', async ({
  page,
  newPerson,
  newStaff,
}) => {
  const staff = await newStaff();
  const mine = await authenticator(page);
  await page.goto('/');
  await openChat(page);
  const question = `Does it keep tea warm? ${Date.now()}`;
  await say(page, question);
  await staff.page.getByRole('button').filter({ hasText: question }).click();
  await expect(log(staff.page).getByText(question)).toBeVisible();
  await register(page);
  await page.goto('/');

  const phone = await newPerson();
  await syncPasskey(mine, await authenticator(phone.page));
  await phone.page.goto('/sign-in?next=/');
  await expect(launcher(phone.page, 0)).toBeVisible();

  await say(staff.page, 'For an hour.');
  await expect(launcher(page, 1)).toBeVisible();
  await expect(launcher(phone.page, 1)).toBeVisible();

  await launcher(phone.page, 1).click();
  await expect(log(phone.page).getByText(question)).toBeVisible();
  await expect(log(phone.page).getByText('For an hour.')).toBeVisible();
  await expect(launcher(page, 0)).toBeVisible();

  await say(phone.page, 'Good.');
  await expect(log(staff.page).getByText('Good.')).toBeVisible();
  await openChat(page);
  await expect(log(page).getByText('Good.')).toBeVisible();
});
