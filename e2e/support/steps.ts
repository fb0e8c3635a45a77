import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';
import type { Shop } from './shop.ts';

/** Goods of the default shop that the journeys use; the stock is plenty for every run. */
export const goods = {
  /** Two options; `amber` in the set of six is sold out. */
  glass: { path: '/p/beldi-glass', title: 'Beldi glass', priceCents: 320 },
  waisted: { path: '/p/waisted-istanbul-glass', title: 'Waisted Istanbul glass', priceCents: 900 },
  anise: { path: '/p/star-anise', title: 'Star anise', priceCents: 410 },
  soldOut: { path: '/p/palace-arch-tall-glass', title: 'Palace arch tall glass' },
} as const;

/** The sandbox's test cards. */
export const cards = {
  good: '4242 4242 4242 4242',
  declined: '4000 0000 0000 0002',
  poor: '4000 0000 0000 9995',
  silent: '4000 0000 0000 0119',
  late: '4000 0000 0000 7726',
  stuck: '4000 0000 0000 5126',
} as const;

/** The header's link to the cart when it holds so many pieces. */
export const cartLink = (page: Page, count: number): Locator =>
  page.getByRole('link', {
    name: count === 0 ? /^Cart(, empty)?$/ : `Cart, ${count} ${count === 1 ? 'item' : 'items'}`,
  });

/** Puts one piece of a product into the cart, from its page. @param count pieces that are then in the cart */
export async function addToCart(page: Page, path: string, count = 1): Promise<void> {
  await page.goto(path);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(cartLink(page, count)).toBeVisible();
}

/** Fills in the card's fields. */
export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel('Card number').fill(number);
  await page.getByLabel('Expiry').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
}

/** Fills in where the goods go. */
export async function fillDelivery(page: Page): Promise<void> {
  await page.getByLabel('Full name').fill('Mona Haddad');
  await page.getByLabel('Email').fill('mona@example.com');
  await page.getByLabel('Street and number').fill('Lange Straße 5');
  await page.getByLabel('City').fill('Leipzig');
  await page.getByLabel('Postcode').fill('04109');
  await page.getByLabel('Country').selectOption({ label: 'Germany' });
}

/** Fills in the whole checkout form. */
export async function fillCheckout(page: Page, number: string): Promise<void> {
  await fillDelivery(page);
  await fillCard(page, number);
}

/** Buys one tea glass with this card; ends on the order's page, whatever comes of it. Returns the order's path. */
export async function placeOrder(page: Page, number: string): Promise<string> {
  await addToCart(page, goods.glass.path);
  await page.goto('/checkout');
  await fillCheckout(page, number);
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
  return new URL(page.url()).pathname;
}

/** Where the order on this page stands. */
export const orderStatus = (page: Page): Locator => page.getByRole('main').getByRole('status').first();

/** Signs in and goes to the desk. @param name who of the staff; colleagues see it */
export async function asStaff(page: Page, shop: Shop, name = 'Karim'): Promise<void> {
  await page.goto('/sign-in?next=/desk');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('Password').fill(shop.staffPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('heading', { name: 'The desk' })).toBeVisible();
}

/** Opens the conversation with the shop. */
export async function openChat(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Ask the shop' }).click();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
}

/** Sends a message from the conversation that is open. */
export async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: 'Send' }).click();
  await expect(page.getByRole('log', { name: 'Messages' }).getByText(text)).toBeVisible();
}

/** Marks the document, to tell later whether it is still the same one. */
export const markDocument = (page: Page): Promise<void> =>
  page.evaluate(() => void Object.assign(window, { soukMark: 1 }));

/** Whether no new document was loaded since {@link markDocument}. */
export const isSameDocument = (page: Page): Promise<boolean> => page.evaluate(() => 'soukMark' in window);
