import type { Locator, Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { cards, cartLink, goods, orderStatus } from './support/steps.ts';

/** Presses Tab until the element has the focus, as somebody without a pointer would. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible();
  for (let step = 0; step < 120; step++) {
    const isThere = await target.evaluate((element) => {
      const root = element.getRootNode() as Document | ShadowRoot;
      return root.activeElement === element;
    });
    if (isThere) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('Tab does not lead there');
}

test('a whole purchase needs nothing but Tab, Enter and typing', async ({ page, events }) => {
  test.slow();
  await page.goto('/');
  await events.waitFor('shell:navigated');
  await tabTo(page, page.getByRole('link', { name: 'Skip to the content' }));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: new RegExp(`^${goods.glass.title}`) }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: goods.glass.title })).toBeVisible();
  await tabTo(page, page.getByRole('button', { name: 'Add to cart' }));
  await page.keyboard.press('Enter');
  await expect(cartLink(page, 1)).toBeVisible();
  await tabTo(page, cartLink(page, 1));
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Check out' }));
  await page.keyboard.press('Enter');

  for (const [label, text] of [
    ['Full name', 'Mona Haddad'],
    ['Email', 'mona@example.com'],
    ['Street and number', 'Lange Straße 5'],
    ['City', 'Leipzig'],
    ['Postcode', '04109'],
    ['Country', 'Germany'],
    ['Card number', cards.good],
    ['Expiry', '12 / 34'],
    ['Security code', '123'],
  ] as const) {
    await tabTo(page, page.getByLabel(label));
    await page.keyboard.type(text);
  }
  await tabTo(page, page.getByRole('button', { name: 'Place order' }));
  await page.keyboard.press('Enter');
  await expect(orderStatus(page)).toHaveText('Order confirmed');
});

test('the conversation opens, is written in and closes by keyboard, and gives the focus back', async ({ page }) => {
  await page.goto('/');
  const launcher = page.getByRole('button', { name: 'Ask the shop' });
  await launcher.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await page.keyboard.type('Good evening');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('log', { name: 'Messages' }).getByText('Good evening')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeHidden();
  await expect(launcher).toBeFocused();
});
