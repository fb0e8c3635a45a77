import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { addToCart, asStaff, cartLink, goods } from './support/steps.ts';
import type { Shop } from './support/shop.ts';

/** Event streams that the server has open now. */
const streams = async (shop: Shop): Promise<number> => {
  const metrics = await (await fetch(`${shop.url}/metrics`)).text();
  return Number(/^souk_push_streams\{.*\} (\d+)$/m.exec(metrics)?.[1]);
};
const expectStreams = (shop: Shop, count: number) => expect.poll(() => streams(shop)).toBe(count);

/** Milliseconds from the navigation to its load event, as the browser measured them. */
const loadMs = (page: Page) =>
  page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming).loadEventEnd);

test('twenty tabs load in under a second each, share one stream, and all hear of a change', async ({
  page,
  context,
  shop,
}) => {
  test.slow();
  await page.goto('/cart');
  await expectStreams(shop, 1);
  const tabs = [page];
  const loads: number[] = [];
  while (tabs.length < 20) {
    const tab = await context.newPage();
    await tab.goto('/cart');
    loads.push(await loadMs(tab));
    tabs.push(tab);
  }
  expect(Math.max(...loads)).toBeLessThan(1_000);
  await expectStreams(shop, 1);

  const last = tabs.at(-1)!;
  await addToCart(last, goods.glass.path);
  for (const tab of tabs) await expect(cartLink(tab, 1)).toBeVisible();
  expect(await streams(shop)).toBe(1);
});

test('the other tabs go on when the one that reads the stream is closed', async ({ page, context, shop }) => {
  await page.goto('/cart');
  await expectStreams(shop, 1);
  const [second, third] = [await context.newPage(), await context.newPage()];
  await second.goto('/cart');
  await third.goto('/cart');
  await page.close();
  await expectStreams(shop, 1);
  await addToCart(second, goods.glass.path);
  await expect(cartLink(third, 1)).toBeVisible();
});

test('a tab that the browser freezes gives the stream to another, and knows everything when it goes on', async ({
  page,
  context,
  shop,
}) => {
  await page.goto('/cart');
  await expectStreams(shop, 1);
  const other = await context.newPage();
  await other.goto('/cart');
  const devtools = await context.newCDPSession(page);
  await devtools.send('Page.setWebLifecycleState', { state: 'frozen' });
  await addToCart(other, goods.glass.path);
  const third = await context.newPage();
  await third.goto('/cart');
  await addToCart(other, goods.waisted.path, 2);
  await expect(cartLink(third, 2)).toBeVisible();
  await expectStreams(shop, 1);

  await devtools.send('Page.setWebLifecycleState', { state: 'active' });
  await expect(cartLink(page, 2)).toBeVisible();
  await expectStreams(shop, 1);
});

test('signing out in one tab takes the stream of all within a second, and what they show', async ({
  page,
  context,
  shop,
}) => {
  await asStaff(page, shop);
  const other = await context.newPage();
  await other.goto('/desk');
  await expect(other.getByRole('heading', { name: 'The desk' })).toBeVisible();
  await expectStreams(shop, 1);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 1_000 });
  await expect(other.getByRole('heading', { name: 'The desk' })).toHaveCount(0);
});
