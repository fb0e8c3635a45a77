import { chromiumArgs } from '../scripts/chromium.ts';
import { expect, test } from './support/test.ts';
import { addToCart, cartLink, goods } from './support/steps.ts';

// Playwright turns the back/forward cache off.
test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...chromiumArgs],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  },
});

test('a page that waits in the back/forward cache leaves the stream to others, and knows everything on the way back', async ({
  page,
  context,
}) => {
  await page.goto('/cart');
  await expect(cartLink(page, 0)).toBeVisible();
  const other = await context.newPage();
  await other.goto('/cart');
  await page.evaluate(() => {
    window.addEventListener('pageshow', ({ persisted }) => Object.assign(window, { cameBack: persisted }));
  });
  await page.goto('/sign-in');
  await addToCart(other, goods.glass.path);
  const third = await context.newPage();
  await third.goto('/');
  await addToCart(other, goods.waisted.path, 2);
  await expect(cartLink(third, 2)).toBeVisible();

  // A page from the cache is not loaded, and Playwright would wait for that.
  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => (window as { cameBack?: boolean }).cameBack)).toBe(true);
  await expect(cartLink(page, 2)).toBeVisible();
});
