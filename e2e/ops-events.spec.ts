import { readFile } from 'node:fs/promises';
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { addToCart, cards, goods, orderStatus, placeOrder } from './support/steps.ts';
import type { Shop } from './support/shop.ts';

/** Signs in on the way to one of the staff's pages. */
async function asStaffAt(page: Page, shop: Shop, path: string): Promise<void> {
  await page.goto(path);
  await expect(page).toHaveURL(/\/sign-in\?next=/);
  await page.getByLabel('Name').fill('Amina');
  await page.getByLabel('Password').fill(shop.staffPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Events' })).toBeVisible();
}

const rows = (page: Page) => page.getByRole('list', { name: 'Events, newest first' }).getByRole('link');
const editor = (page: Page) => page.getByRole('textbox', { name: 'Query' });
const answer = (page: Page) => page.getByRole('region', { name: 'Answer' });

test('a shopper’s click appears in the tail, and its event tells what caused it and what it caused', async ({
  page,
  newPerson,
  shop,
}) => {
  await asStaffAt(page, shop, '/ops/events?type=cart.order-placed.*');
  await expect(page.getByText('Live', { exact: true }).last()).toBeVisible();
  const shopper = await newPerson();
  const order = await placeOrder(shopper.page, cards.good);
  await expect(orderStatus(shopper.page)).toHaveText('Order confirmed');

  await rows(page)
    .filter({ hasText: order.split('/').at(-1)! })
    .click();
  const event = page.getByRole('article', { name: /^cart\.order-placed/ });
  await expect(event.getByRole('region', { name: 'Data of the event' })).toContainText('orderId');
  await expect(event.locator('.tree [aria-current=true]')).toContainText('cart.order-placed');
  await expect(event.locator('.tree').getByRole('link', { name: /^cart\.order-confirmed/ })).toBeVisible();

  const address = page.url();
  await page.goto(address);
  await expect(event).toBeVisible();
  await event.getByRole('link', { name: /^catalog\.stock-reserved/ }).click();
  await expect(page.getByRole('article', { name: /^catalog\.stock-reserved/ })).toBeVisible();
  await page.goBack();
  await expect(event).toBeVisible();
});

test('a filter narrows the tail down while it goes on, and pausing holds it still', async ({
  page,
  newPerson,
  shop,
}) => {
  await asStaffAt(page, shop, '/ops/events');
  await expect(rows(page).first()).toBeVisible();
  await page.getByLabel('Subject').fill('cart.cart.>');
  await page.getByLabel('Subject').press('Enter');
  await expect(page).toHaveURL(/subject=cart\.cart\.%3E/);
  const shopper = await newPerson();
  await addToCart(shopper.page, goods.glass.path);
  await expect(rows(page).first()).toContainText('cart.cart.');
  await expect(rows(page).filter({ hasText: 'catalog.' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Pause' }).click();
  const before = await rows(page).count();
  const newest = (await rows(page).first().getAttribute('href'))!;
  await addToCart(shopper.page, goods.waisted.path, 2);
  await expect(page.getByText(/more since/)).toBeVisible();
  expect(await rows(page).count()).toBe(before);
  await expect(rows(page).first()).toHaveAttribute('href', newest);
  await page.getByRole('button', { name: 'Resume' }).click();
  await expect(page.getByText(/more since/)).toBeHidden();
  await expect(rows(page).first()).not.toHaveAttribute('href', newest);
});

test('the tail and its events need no pointer', async ({ page, shop }) => {
  await asStaffAt(page, shop, '/ops/events');
  await rows(page).first().focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const third = await rows(page).nth(2).locator('.type').innerText();
  await page.keyboard.press('Enter');
  const title = page.getByRole('heading', { level: 2, name: third });
  await expect(title).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(title).toBeHidden();
  await expect(rows(page).nth(2)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Older events' })).toBeFocused();
});

test('a query is written, run by Ctrl+Enter, drawn, saved, and kept', async ({ page, shop }) => {
  await asStaffAt(page, shop, '/ops/events?view=query');
  await page.getByRole('radio', { name: 'KQL' }).check();
  await editor(page).fill('events\n| summarize events = count() by stream\n| order by events desc\n| render barchart');
  await editor(page).press('Control+Enter');
  await expect(answer(page).getByRole('status')).toHaveText(/^\d+ rows in .* ms, true at position \d+$/);
  await expect(answer(page).getByRole('img', { name: /^Bar chart of events/ })).toBeVisible();
  await expect(answer(page).getByRole('cell', { name: 'catalog' })).toBeVisible();

  const downloading = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save CSV' }).click();
  const download = await downloading;
  expect(download.suggestedFilename()).toMatch(/^events-at-\d+\.csv$/);
  expect(await readFile(await download.path(), 'utf8')).toMatch(/^stream,events\r\n(\w+,\d+\r\n)*catalog,\d+\r\n/);

  await page.reload();
  await expect(editor(page)).toHaveValue(/render barchart/);
  await page.getByText('History (1)').click();
  await expect(page.getByRole('button', { name: /^KQL events/ })).toBeVisible();
});

test('a query that is wrong says where', async ({ page, shop, expectFaults }) => {
  expectFaults(/400 \(Bad Request\)/);
  await asStaffAt(page, shop, '/ops/events?view=query#kql=events%0A%7C+where+nothing+%3D%3D+1');
  await editor(page).press('Control+Enter');
  await expect(page.getByRole('alert')).toContainText('There is no column "nothing"');
  await page.getByRole('button', { name: 'Go to line 2, column 9' }).click();
  await expect(editor(page)).toBeFocused();
  expect(await page.evaluate(() => String(getSelection()))).toBe('nothing');
});

test('an answer with EMIT CHANGES keeps up with the log', async ({ page, newPerson, shop }) => {
  await asStaffAt(page, shop, '/ops/events?view=query');
  const text = "SELECT count(*) AS n FROM events WHERE stream = 'cart' EMIT CHANGES";
  await editor(page).fill(text);
  await page.getByRole('button', { name: 'Run' }).click();
  const cell = answer(page).getByRole('cell');
  const before = Number(await cell.innerText());
  const shopper = await newPerson();
  await addToCart(shopper.page, goods.glass.path);
  await expect.poll(async () => Number(await cell.innerText())).toBeGreaterThan(before);
  await page.getByRole('button', { name: 'Stop' }).click();
  await expect(page.getByRole('button', { name: 'Run' })).toBeVisible();
});

test('every example has an answer', async ({ page, shop }) => {
  await asStaffAt(page, shop, '/ops/events?view=query');
  const summary = page.getByText('Examples', { exact: true });
  await summary.click();
  const names = await page.locator('details[open] .pick').allInnerTexts();
  expect(names.length).toBeGreaterThan(5);
  for (const [index] of names.entries()) {
    if (index > 0) await summary.click();
    await page.locator('details[open] .pick').nth(index).click();
    await editor(page).press('Control+Enter');
    await expect(answer(page).getByText(/^\d+ rows? in .* ms/)).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
    const stop = page.getByRole('button', { name: 'Stop' });
    if (await stop.isVisible()) await stop.click();
  }
});

test('the pages are for staff alone, and no weight for shoppers', async ({ page, shop, expectFaults }) => {
  expectFaults(/401|403/);
  await page.goto('/ops/events?event=e_1');
  await expect(page).toHaveURL('/sign-in?next=%2Fops%2Fevents%3Fevent%3De_1');
  for (const path of ['/api/events/tail', '/api/events/query']) {
    const method = path.endsWith('query') ? 'POST' : 'GET';
    const options = { method, headers: { origin: shop.url }, ...(method === 'POST' && { data: { sql: 'SELECT 1' } }) };
    expect((await page.request.fetch(path, options)).status()).toBe(403);
  }
  const front = await (await page.request.get('/')).text();
  expect(front).not.toContain('@souk/mfe-ops');
  expect(front).toContain('@souk/mfe-catalog');
});

test.describe('axe finds nothing wrong, small and large, light and dark, and nothing is too wide', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });

  const states: Readonly<Record<string, (page: Page, shop: Shop) => Promise<void>>> = {
    'the tail': async (page, shop) => {
      await asStaffAt(page, shop, '/ops/events');
      await expect(rows(page).first()).toBeVisible();
    },
    'a tail without events': async (page, shop) => {
      await asStaffAt(page, shop, '/ops/events?type=never');
      await expect(page.getByText('No event passes these filters yet')).toBeVisible();
    },
    'an event': async (page, shop) => {
      await asStaffAt(page, shop, '/ops/events?event=1');
      await expect(page.getByRole('heading', { name: 'Causes and effects' })).toBeVisible();
    },
    'an answer with a chart': async (page, shop) => {
      await asStaffAt(page, shop, '/ops/events?view=query');
      await page.getByText('Examples', { exact: true }).click();
      await page.getByRole('button', { name: 'Events per minute and stream' }).click();
      await editor(page).press('Control+Enter');
      await expect(answer(page).getByRole('img')).toBeVisible();
    },
    'a query that is wrong': async (page, shop) => {
      await asStaffAt(page, shop, '/ops/events?view=query#kql=events%0A%7C+where+nothing+%3D%3D+1');
      await editor(page).press('Control+Enter');
      await expect(page.getByRole('alert')).toBeVisible();
    },
  };

  for (const [name, go] of Object.entries(states))
    test(name, async ({ page, shop, expectFaults }) => {
      expectFaults(/400 \(Bad Request\)/);
      await go(page, shop);
      test.slow();
      for (const width of [360, 1280, 2000]) {
        await page.setViewportSize({ width, height: 800 });
        // The widest differs in nothing but room.
        for (const colorScheme of width === 2000 ? [] : (['light', 'dark'] as const)) {
          await page.emulateMedia({ colorScheme });
          const { violations } = await new AxeBuilder({ page }).options({ preload: false }).analyze();
          const found = violations.flatMap(({ id, nodes }) => nodes.map((n) => `${id}: ${n.html} ${n.failureSummary}`));
          expect.soft(found, `${name}, ${width} px, ${colorScheme}`).toEqual([]);
        }
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        expect.soft(overflow, `${name} is wider than ${width} px`).toBeLessThanOrEqual(0);
      }
    });
});
