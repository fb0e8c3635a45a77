import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { startShop } from './support/shop.ts';
import {
  addToCart,
  cartLink,
  fillDelivery,
  goods,
  isSameDocument,
  markDocument,
  orderStatus,
} from './support/steps.ts';
import { playStripeJs, stripeCards } from './support/stripe-js.ts';
import type { PlayedStripeJs } from './support/stripe-js.ts';
import { expect, test as base } from './support/test.ts';

/** A shop that takes cards through Stripe, and Stripe played on both sides of it. */
const test = base.extend<{ stripe: PlayedStripeJs }>({
  shop: [
    // Playwright reads the names of the fixtures from the braces.
    // oxlint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const shop = await startShop({}, join(import.meta.dirname, '../local/src/testing/run-stripe-shop.ts'));
      await use(shop);
      await shop.close();
    },
    { scope: 'worker', timeout: 90_000 },
  ],
  stripe: [
    async ({ context, shop }, use) => {
      await use(await playStripeJs(context, (confirm, isConfirmed) => shop.ask({ confirm, isConfirmed })));
    },
    { auto: true },
  ],
});

const field = (page: Page) => page.frameLocator('iframe[title="Secure payment input frame"]').getByLabel('Card number');
const bank = (page: Page) => page.frameLocator('iframe[title="Challenge of your bank"]');

async function placeWith(page: Page, card: string): Promise<void> {
  await addToCart(page, goods.glass.path);
  await page.goto('/checkout');
  await fillDelivery(page);
  await field(page).fill(card);
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
}

test('a card is typed into Stripe’s field, pays the order, and its number never comes to the shop', async ({
  page,
  shop,
  stripe,
}) => {
  const sent: string[] = [];
  page.on('request', (request) => {
    if (request.url().startsWith(shop.url)) sent.push(`${request.url()} ${request.postData() ?? ''}`);
  });
  for (const path of ['/', goods.glass.path, '/cart']) await page.goto(path);
  expect(stripe.asked).toEqual([]);
  await placeWith(page, stripeCards.good);
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  expect(await page.evaluate(() => 'stripePartLoaded' in globalThis)).toBe(true);
  expect(sent.join('\n')).toContain('pm_ok_');
  expect(sent.join('\n')).not.toMatch(/4242\D?4242/);
});

test('who comes to the checkout by a link gets a document that may hold Stripe’s frames', async ({ page }) => {
  await addToCart(page, goods.glass.path);
  await cartLink(page, 1).click();
  await markDocument(page);
  await page.getByRole('button', { name: 'Check out' }).click();
  await fillDelivery(page);
  await expect(field(page)).toBeVisible();
  expect(await isSameDocument(page)).toBe(false);
});

test('a card that has not enough money is declined, and another one pays the same order', async ({ page }) => {
  await placeWith(page, stripeCards.poor);
  await expect(orderStatus(page)).toHaveText('Payment declined');
  await field(page).fill(stripeCards.good);
  await page.getByRole('button', { name: 'Pay with this card' }).click();
  await expect(orderStatus(page)).toHaveText('Order confirmed');
});

test('says what Stripe says about a card that is none, and about none at all', async ({ page, expectFaults }) => {
  expectFaults(/402/);
  await addToCart(page, goods.glass.path);
  await page.goto('/checkout');
  await fillDelivery(page);
  await expect(field(page)).toBeVisible();
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page.getByRole('alert')).toContainText('Your card number is incomplete.');
  await field(page).fill('1234');
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(page.getByRole('alert')).toContainText('Your card number is invalid.');
});

test.describe('a bank that asks its card holder', () => {
  test('is answered on the page, and the order goes on', async ({ page }) => {
    await placeWith(page, stripeCards.asks);
    await expect(orderStatus(page)).toHaveText('Confirm with your bank');
    await page.reload();
    await page.getByRole('button', { name: 'Confirm with your bank' }).click();
    await bank(page).getByRole('button', { name: 'Yes, it is me' }).click();
    await expect(orderStatus(page)).toHaveText('Order confirmed');
  });

  test('and is told no: nothing is charged, the cart is kept, and another card pays', async ({ page }) => {
    await placeWith(page, stripeCards.asks);
    await page.getByRole('button', { name: 'Confirm with your bank' }).click();
    await bank(page).getByRole('button', { name: 'No' }).click();
    await expect(orderStatus(page)).toHaveText('Payment declined');
    await expect(page.getByRole('main')).toContainText('was not confirmed with your bank. Nothing was charged.');
    await expect(cartLink(page, 1)).toBeVisible();
    await field(page).fill(stripeCards.good);
    await page.getByRole('button', { name: 'Pay with this card' }).click();
    await expect(orderStatus(page)).toHaveText('Order confirmed');
  });

  test('is not answered at all: another card can be taken at once', async ({ page }) => {
    await placeWith(page, stripeCards.asks);
    await page.getByRole('button', { name: 'Use another card' }).click();
    await expect(orderStatus(page)).toHaveText('Payment declined');
    await field(page).fill(stripeCards.good);
    await page.getByRole('button', { name: 'Pay with this card' }).click();
    await expect(orderStatus(page)).toHaveText('Order confirmed');
  });
});

test('while Stripe cannot be reached the page says so, and tries again when asked to', async ({
  page,
  stripe,
  expectFaults,
}) => {
  expectFaults(/ERR_FAILED/);
  stripe.isReachable = false;
  await addToCart(page, goods.glass.path);
  await page.goto('/checkout');
  await fillDelivery(page);
  await expect(page.getByRole('alert')).toContainText('Stripe cannot be reached');
  stripe.isReachable = true;
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(field(page)).toBeVisible();
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the checkout says honestly what it needs', async ({ page }) => {
    await page.goto('/checkout');
    const notice = page.locator('cart-checkout noscript p');
    await expect(notice).toBeVisible();
    await expect(notice).toContainText('your card goes straight to Stripe');
  });
});
