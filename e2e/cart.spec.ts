import { CartChanged } from '@souk/shared-events/browser';
import { expect, test } from './support/test.ts';
import { addToCart, cartLink, goods } from './support/steps.ts';

test('a product goes into the cart, is changed, removed and brought back', async ({ page, events }) => {
  await addToCart(page, goods.glass.path);
  await events.waitFor('cart:changed', ({ count, totalCents }) => count === 1 && totalCents > 0);
  await cartLink(page, 1).click();
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible();

  const quantity = page.getByRole('spinbutton', { name: /^Quantity of Beldi glass/ });
  await expect(quantity).toHaveValue('1');
  await page.getByRole('button', { name: /^One more of Beldi glass/ }).click();
  await expect(quantity).toHaveValue('2');
  await expect(cartLink(page, 2)).toBeVisible();
  await quantity.fill('5');
  await quantity.press('Tab');
  await expect(cartLink(page, 5)).toBeVisible();
  await expect(page.getByText(/16\.00/).first()).toBeVisible();

  await page.getByRole('button', { name: /^Remove Beldi glass/ }).click();
  await expect(page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
  await expect(cartLink(page, 0)).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(quantity).toHaveValue('5');
  await expect(cartLink(page, 5)).toBeVisible();

  await page.reload();
  await expect(quantity).toHaveValue('5');
});

test('several products of several pieces add up', async ({ page, events }) => {
  await page.goto(goods.waisted.path);
  await page.getByLabel('Quantity').fill('3');
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(cartLink(page, 3)).toBeVisible();
  await addToCart(page, goods.anise.path, 4);
  await expect(events).toHaveEmitted(CartChanged, { count: 4 });
  await page.goto('/cart');
  await expect(page.getByRole('list', { name: 'In your cart' }).getByRole('listitem')).toHaveCount(2);
});

test('more than there is gets a refusal in words, and the cart stays as it was', async ({ page, expectFaults }) => {
  expectFaults(/409/);
  await addToCart(page, '/p/star-anise?variant=SPI-STA-100G');
  await page.goto('/cart');
  const quantity = page.getByRole('spinbutton', { name: /^Quantity of Star anise/ });
  await quantity.fill('50');
  await quantity.press('Tab');
  await expect(page.getByRole('alert')).toContainText(/only 2|2 left|not enough/i);
  await page.reload();
  await expect(quantity).toHaveValue(/^[12]$/);
});

test('two tabs show the same count, whichever changes it', async ({ page, context, events }) => {
  await page.goto(goods.glass.path);
  await expect(cartLink(page, 0)).toBeVisible();
  const other = await context.newPage();
  await other.goto('/');
  await expect(cartLink(other, 0)).toBeVisible();

  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(cartLink(page, 1)).toBeVisible();
  await expect(events).toHaveEmitted(CartChanged, { count: 1 }, other);
  await expect(cartLink(other, 1)).toBeVisible();

  await addToCart(other, goods.waisted.path, 2);
  await expect(cartLink(page, 2)).toBeVisible();
});

test('two shoppers have two carts', async ({ page, newPerson }) => {
  await addToCart(page, goods.glass.path);
  const other = await newPerson();
  await other.page.goto('/cart');
  await expect(other.page.getByRole('heading', { name: 'Your cart is empty' })).toBeVisible();
});

test('without a network the shopper is told that nothing was added, and can try again', async ({
  page,
  context,
  events,
  expectFaults,
}) => {
  expectFaults(/ERR_INTERNET_DISCONNECTED|Failed to load/);
  await page.goto(goods.glass.path);
  await expect(cartLink(page, 0)).toBeVisible();
  await events.waitFor('cart:changed');
  await context.setOffline(true);
  const button = page.getByRole('button', { name: 'Add to cart' });
  await button.click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(cartLink(page, 0)).toBeVisible();
  await context.setOffline(false);
  await button.click();
  await expect(cartLink(page, 1)).toBeVisible();
});

test('what two tabs add at the same time is all in the cart', async ({ page, context }) => {
  const other = await context.newPage();
  await page.goto(goods.glass.path);
  await other.goto(goods.waisted.path);
  await Promise.all([page, other].map((tab) => tab.getByRole('button', { name: 'Add to cart' }).click()));
  for (const tab of [page, other]) await expect(cartLink(tab, 2)).toBeVisible();
});
