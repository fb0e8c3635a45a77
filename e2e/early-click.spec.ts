import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { cartLink, goods } from './support/steps.ts';

/** As Lighthouse has it: slow 4G, and a phone that is four times slower than this machine. */
async function onSlowPhone(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const bytesPerSecond = (megabits: number) => (megabits * 1_000_000) / 8;
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: bytesPerSecond(1.6),
    uploadThroughput: bytesPerSecond(0.75),
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
}

/** However the click was answered, by script or by a page: the piece is in the cart, once. */
async function expectOnePiece(page: Page): Promise<void> {
  await expect(cartLink(page, 1)).toBeVisible({ timeout: 60_000 });
  const { count } = (await (await page.request.get('/api/cart')).json()) as { count: number };
  expect(count).toBe(1);
}

for (const path of [goods.glass.path, goods.anise.path])
  for (const delayMs of [0, 250, 500, 1000])
    test(`“Add to cart” on ${path} counts ${delayMs} ms after it shows on slow 4G with a slow CPU`, async ({
      page,
    }) => {
      // A phone that is four times slower than a machine which many share: what is promised is the piece, not when.
      test.slow();
      await onSlowPhone(page);
      await page.goto(path, { waitUntil: 'commit' });
      const button = page.getByRole('button', { name: 'Add to cart' });
      await button.waitFor();
      // Not waiting for something: the delay is what this test is about.
      await pause(delayMs);
      await button.click({ noWaitAfter: true, timeout: 60_000 });
      await expectOnePiece(page);
    });

test('“Add to cart” counts in the very frame in which it is first there', async ({ page }) => {
  test.slow();
  await onSlowPhone(page);
  await page.addInitScript(() => {
    if (location.pathname !== '/p/waisted-istanbul-glass') return;
    const look = () => {
      const button = document.querySelector('catalog-product')?.shadowRoot?.querySelector<HTMLElement>('form button');
      if (button) button.click();
      else requestAnimationFrame(look);
    };
    requestAnimationFrame(look);
  });
  await page.goto(goods.waisted.path, { waitUntil: 'commit' });
  await expectOnePiece(page);
});

test('a request sent before any handler is loaded waits for it', async ({ page, events }) => {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route(/\/assets\/cart\//, (route) => released.then(() => route.continue()));
  await page.goto(goods.glass.path, { waitUntil: 'commit' });
  await events.waitFor('shell:navigated');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await events.waitFor('cart:add-item');
  release();
  await expect(cartLink(page, 1)).toBeVisible();
});
