import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { asStaff, cards, isSameDocument, markDocument, orderStatus, placeOrder } from './support/steps.ts';

const sizes = [
  { width: 360, height: 740 },
  { width: 1280, height: 800 },
];
/** Axe would otherwise write style elements of its own into the page, which its policy refuses. */
const withoutPreload = { preload: false };

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('a checkout that is stuck comes to the staff by push, is repaired by keyboard with a reason, and its shopper sees the outcome', async ({
  page,
  shop,
  newPerson,
}) => {
  test.slow();
  const staff = await newPerson({ reducedMotion: 'reduce' });
  const monitor = staff.page;
  await asStaff(monitor, shop);
  await monitor.goto('/ops/sagas?state=parked');
  await expect(monitor.getByRole('navigation', { name: 'By state' })).toContainText(/parked \d/);
  await markDocument(monitor);

  const path = await placeOrder(page, cards.stuck);
  await markDocument(page);
  const saga = `${path.split('/').at(-1)}-1`;
  const row = monitor.getByRole('list', { name: 'Sagas' }).getByRole('link').filter({ hasText: saga });
  await expect(row).toContainText('parked', { timeout: 45_000 });
  await expectAccessible(monitor);

  await row.press('Enter');
  const opened = monitor.getByRole('article', { name: 'checkout' });
  await expect(opened).toContainText('Waits for an operator');
  await expect(opened.getByRole('img', { name: /^The steps of checkout/ })).toBeVisible();
  await opened.getByText('Undo, attempt 1: timed-out').press('Enter');
  await opened.getByText('Undo, attempt 2: timed-out').press('Enter');
  await expect(opened).toContainText('cart.payment-void-requested.v1');
  await expectAccessible(monitor);

  await opened.getByRole('group', { name: 'Repair' }).getByRole('button', { name: 'Retry' }).press('Enter');
  const dialog = monitor.getByRole('dialog', { name: 'Retry?' });
  await expect(dialog.getByLabel('Why')).toBeFocused();
  await monitor.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(opened).toBeVisible();
  await monitor.keyboard.press('Enter');
  await expect(dialog.getByLabel('Why')).toBeFocused();
  await expectAccessible(monitor);
  await monitor.keyboard.type('The provider is back');
  await monitor.keyboard.press('Tab');
  await monitor.keyboard.press('Enter');
  await expect(dialog).toBeHidden();

  await expect(opened.locator('.state').first()).toHaveText('failed', { timeout: 30_000 });
  await expect(opened).toContainText('The provider is back');
  await expect(opened.getByRole('group', { name: 'Repair' })).toBeHidden();
  await expect(row).toBeHidden();
  await staff.events.waitFor('cart:saga-changed', ({ sagaId, state }) => sagaId === saga && state === 'failed');
  expect(await isSameDocument(monitor)).toBe(true);

  await expect(orderStatus(page)).toHaveText('Payment failed, nothing was charged', { timeout: 30_000 });
  expect(await isSameDocument(page)).toBe(true);
});

test('sagas are the staff’s alone: a shopper is asked to sign in, and their requests are refused', async ({
  page,
  shop,
}) => {
  const path = await placeOrder(page, cards.good);
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  const saga = `${path.split('/').at(-1)}-1`;
  const body = { headers: { origin: shop.url }, data: { act: 'retry', why: 'I want to', revision: 1 } };
  const answers = await Promise.all([
    page.request.get('/api/cart/sagas'),
    page.request.get(`/api/cart/sagas/${saga}`),
    page.request.get('/api/cart/sagas/definitions'),
    page.request.post(`/api/cart/sagas/${saga}/acts`, body),
  ]);
  expect(answers.map((answer) => answer.status())).toEqual([403, 403, 403, 403]);
  await page.goto(`/ops/sagas?saga=cart/${saga}`);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
});

/** Small and large, light and dark. */
async function expectAccessible(page: Page): Promise<void> {
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).options(withoutPreload).analyze();
      const found = violations.flatMap(({ id, nodes }) =>
        nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`),
      );
      expect.soft(found, `${size.width} px, ${colorScheme}`).toEqual([]);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect.soft(overflow, `wider than ${size.width} px`).toBeLessThanOrEqual(0);
  }
}
