// The examples of README.md, as they run.
import { CartAddItem, CartChanged, ShellMfeFailed } from '@souk/shared-events/browser';
import { cartLink, goods } from './support/steps.ts';
import { expect, matching, test } from './support/test.ts';

test('the page tells what it has heard', async ({ page, events }) => {
  await page.goto(goods.glass.path);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await events.waitFor(CartChanged, ({ count }) => count === 1);
  await expect(events).toHaveEmitted(CartChanged, { count: 1, currency: 'EUR' });
  await expect(events).not.toHaveEmitted(CartChanged, { count: 2 });
});

test('a test asks what a micro frontend would ask, and tells what the push stream would tell', async ({
  page,
  events,
  expectFaults,
}) => {
  expectFaults(/404/);
  await page.goto(goods.glass.path);
  const reply = await events.ask(page, CartAddItem, { sku: 'SPI-STA-40G', quantity: 2 });
  expect(reply).toMatchObject({ count: 2 });
  await expect(events.ask(page, CartAddItem, { sku: 'there-is-none', quantity: 1 })).rejects.toThrow(
    /there-is-none|not|no /,
  );
  await events.emit(page, CartChanged, { count: 7, totalCents: 700, currency: 'EUR' });
  await expect(cartLink(page, 7)).toBeVisible();
  await events.waitFor('cart:changed', matching({ count: 7 }));
});

test('a micro frontend is broken, and heals', async ({ page, events, breakMfe, expectFaults }) => {
  expectFaults();
  const breakage = await breakMfe('cart', '404');
  await page.goto(goods.glass.path);
  await expect(events).toHaveEmitted(ShellMfeFailed, { name: 'cart', phase: 'load' });
  await breakage.heal();
  await page.getByRole('button', { name: 'Try again: cart' }).click();
  await expect(cartLink(page, 0)).toBeVisible();
});

test('somebody works here', async ({ newStaff }) => {
  const { page } = await newStaff();
  await expect(page.getByRole('heading', { name: 'The desk' })).toBeVisible();
});

test('a shop of the test’s own is stopped and comes back with what it kept', async ({
  page,
  newShop,
  expectFaults,
}) => {
  expectFaults(/Failed to load|ERR_/);
  const shop = await newShop({ LOG_LEVEL: 'error' });
  await page.goto(`${shop.url}${goods.glass.path}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(cartLink(page, 1)).toBeVisible();
  await shop.stop();
  await shop.start();
  await page.reload();
  await expect(cartLink(page, 1)).toBeVisible();
});
