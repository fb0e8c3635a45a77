import type { Locator, Page } from '@playwright/test';
import { bell, centre } from './support/bell.ts';
import { expect, test } from './support/test.ts';
import { addToCart, asStaff, cards, isSameDocument, markDocument, orderStatus } from './support/steps.ts';
import { openChat, placeOrder, say } from './support/steps.ts';
import type { Shop } from './support/shop.ts';

const toast = (page: Page): Locator => page.locator('bell-button .toast');

/** Staff with a way to change what is sold. */
const asMerchant = async (page: Page, shop: Shop) => {
  await asStaff(page, shop);
  return async (slug: string, priceCents: number, quantity: number) => {
    const row = `Goods ${slug},${slug},${slug.toUpperCase()},${priceCents / 100},${quantity}`;
    const answer = await page.request.post('/api/catalog/imports', {
      headers: { 'content-type': 'text/csv', 'sec-fetch-site': 'same-origin' },
      data: `Title,URL handle,SKU,Price,Inventory quantity\n${row}\n`,
    });
    expect(await answer.text()).toContain('"products"');
  };
};

/** Closes a laptop: it has no network, and its pages do nothing. @returns how to open it */
const closeLaptop = async (tabs: readonly Page[]): Promise<() => Promise<void>> => {
  const context = tabs[0]!.context();
  const tools = await Promise.all(tabs.map((tab) => context.newCDPSession(tab)));
  const become = (state: 'frozen' | 'active') =>
    Promise.all(tools.map((each) => each.send('Page.setWebLifecycleState', { state })));
  await become('frozen');
  await context.setOffline(true);
  return async () => {
    await context.setOffline(false);
    await become('active');
  };
};
const uniqueSlug = () => `bowl-${Date.now().toString(36)}-${Math.floor(Math.random() * 1e6).toString(36)}`;

test('an order moves through all its states on its page and in the bell of every tab, though the laptop was closed meanwhile', async ({
  page,
  context,
  newPerson,
  shop,
  expectFaults,
}) => {
  expectFaults(/ERR_INTERNET_DISCONNECTED/);
  const path = await placeOrder(page, cards.declined);
  await expect(orderStatus(page)).toContainText(/declined/i);
  // Its page is in view, so it has been seen by the time that it is told.
  const told = async () => {
    const answer = await page.request.get('/api/bell/notifications');
    const { notifications } = (await answer.json()) as {
      notifications: { read: boolean; order?: { status: string } }[];
    };
    return notifications.map(({ read, order }) => ({ read, status: order?.status }));
  };
  await expect.poll(told).toEqual([{ read: true, status: 'payment-declined' }]);
  const other = await context.newPage();
  await other.goto('/');
  await page.goto('/search');
  await expect(bell(page, 0)).toBeVisible();

  // A question from the same shopper, answered while the laptop is closed.
  await openChat(page);
  const question = `Can I pay another way? ${Date.now()}`;
  await say(page, question);
  await page.getByRole('button', { name: 'Close' }).click();
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await staff.page.getByRole('button').filter({ hasText: question }).click();
  const openLaptop = await closeLaptop([page, other]);
  await say(staff.page, 'Any card will do.');
  await openLaptop();
  for (const tab of [page, other]) await expect(bell(tab, 1)).toBeVisible({ timeout: 30_000 });

  // Another card: confirmed, told in the tab that shows something else.
  await page.goto(path);
  await page.getByLabel('Card number').fill(cards.good);
  await page.getByLabel('Expiry').fill('12 / 34');
  await page.getByLabel('Security code').fill('123');
  await page.getByRole('button', { name: /Pay/ }).click();
  await expect(orderStatus(page)).toContainText(/confirmed/i);
  await bell(other).click();
  await expect(centre(other).getByText('Your order is confirmed')).toBeVisible();
  await expect(centre(other).getByText('The shop answered')).toBeVisible();
  for (const tab of [page, other]) await expect(bell(tab, 1)).toBeVisible();

  await centre(other)
    .getByRole('button', { name: /The shop answered/ })
    .first()
    .click();
  await expect(other.getByRole('log', { name: 'Messages' }).getByText('Any card will do.')).toBeVisible();
  for (const tab of [page, other]) await expect(bell(tab, 0)).toBeVisible();
});

test('what is sold out is told once when it is back, on the page and as one toast, without loading anything again', async ({
  page,
  context,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  const sell = await asMerchant(staff.page, shop);
  const slug = uniqueSlug();
  await sell(slug, 1900, 0);
  await page.goto(`/p/${slug}`);
  await page.getByRole('button', { name: 'Tell me when it is back' }).click();
  await expect(page.getByText('We will tell you here, once')).toBeVisible();
  await markDocument(page);
  const tabs = [await context.newPage(), await context.newPage()];
  for (const tab of tabs) await tab.goto('/');
  await expect(bell(tabs[1]!, 0)).toBeVisible();

  await sell(slug, 1900, 7);
  await expect(page.getByRole('button', { name: 'Add to cart' })).toBeEnabled();
  expect(await isSameDocument(page)).toBe(true);
  // The page that shows it has seen it, so there is nothing to tell.
  for (const tab of [page, ...tabs]) await expect(bell(tab, 0)).toBeVisible();
  await bell(tabs[0]!).click();
  await expect(centre(tabs[0]!).getByText('Back in stock')).toBeVisible();
});

test('news are one toast, in one of the tabs, and can be closed by the keyboard', async ({
  page,
  context,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  const sell = await asMerchant(staff.page, shop);
  const slug = uniqueSlug();
  await sell(slug, 1900, 0);
  await page.goto(`/p/${slug}`);
  await page.getByRole('button', { name: 'Tell me when it is back' }).click();
  await expect(page.getByText('We will tell you here, once')).toBeVisible();
  const tabs = [page, await context.newPage(), await context.newPage()];
  for (const tab of tabs) await tab.goto('/');
  for (const tab of tabs) await expect(bell(tab, 0)).toBeVisible();

  await sell(slug, 1900, 7);
  for (const tab of tabs) await expect(bell(tab, 1)).toBeVisible();
  const shown = async () => {
    const counts = await Promise.all(tabs.map((tab) => toast(tab).count()));
    return counts.reduce((sum, count) => sum + count, 0);
  };
  await expect.poll(shown).toBe(1);
  const counts = await Promise.all(tabs.map((tab) => toast(tab).count()));
  const tab = tabs[counts.indexOf(1)]!;
  await expect(tab.getByRole('status').filter({ hasText: 'Back in stock' })).toBeVisible();
  await toast(tab).getByRole('button', { name: 'Close' }).focus();
  await tab.keyboard.press('Enter');
  await expect(toast(tab)).toHaveCount(0);
  await expect(bell(tab, 1)).toBeFocused();
  expect(await shown()).toBe(0);
});

test('a new price and a new count show on every open page, and in the cart with its sums', async ({
  page,
  context,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  const sell = await asMerchant(staff.page, shop);
  const slug = uniqueSlug();
  await sell(slug, 1900, 9);
  await addToCart(page, `/p/${slug}`);
  const [list, cart] = [await context.newPage(), await context.newPage()];
  await list.goto(`/search?q=${slug}`);
  await cart.goto('/cart');
  const pages = [page, list, cart];
  for (const each of pages) {
    await expect(each.getByRole('main').getByText('€19.00').first()).toBeVisible();
    await markDocument(each);
  }
  await sell(slug, 2350, 2);
  for (const each of pages) await expect(each.getByRole('main').getByText('€23.50').first()).toBeVisible();
  await expect(page.getByText('Only 2 left')).toBeVisible();
  await expect(list.getByText('Few left')).toBeVisible();
  await expect(bell(list)).toHaveAccessibleName(/unread|Notifications/);
  await bell(list).click();
  await expect(centre(list).getByText('A higher price in your cart')).toBeVisible();
  for (const each of pages) expect(await isSameDocument(each)).toBe(true);
});

test('what is put away can be brought back, and all can be read at once, with the same number in every tab', async ({
  page,
  context,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  const sell = await asMerchant(staff.page, shop);
  const slugs = [uniqueSlug(), uniqueSlug()];
  await page.goto('/');
  await expect(bell(page, 0)).toBeVisible();
  const other = await context.newPage();
  await other.goto('/');
  for (const slug of slugs) {
    await sell(slug, 1900, 0);
    await page.goto(`/p/${slug}`);
    await page.getByRole('button', { name: 'Tell me when it is back' }).click();
    await expect(page.getByText('We will tell you here, once')).toBeVisible();
  }
  await page.goto('/');
  for (const slug of slugs) await sell(slug, 1900, 3);
  for (const tab of [page, other]) await expect(bell(tab, 2)).toBeVisible();
  await bell(page).click();
  const items = centre(page).getByRole('listitem');
  await expect(items).toHaveCount(2);
  await centre(page)
    .getByRole('button', { name: /^Put away/ })
    .first()
    .click();
  await expect(centre(page).getByRole('button', { name: 'Undo' })).toBeFocused();
  for (const tab of [page, other]) await expect(bell(tab, 1)).toBeVisible();
  await page.keyboard.press('Enter');
  for (const tab of [page, other]) await expect(bell(tab, 2)).toBeVisible();
  await centre(page).getByRole('button', { name: 'Mark all as read' }).click();
  for (const tab of [page, other]) await expect(bell(tab, 0)).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(centre(page)).toBeHidden();
  await expect(bell(page)).toBeFocused();
});
