import { expect, test } from './support/test.ts';
import { asStaff, cards, goods, isSameDocument, markDocument, orderStatus, placeOrder } from './support/steps.ts';

test('every address can be opened, reloaded and kept', async ({ page, events }) => {
  test.slow();
  const order = await placeOrder(page, cards.good);
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  const headings: Readonly<Record<string, RegExp>> = {
    '/': /Made by hand/,
    '/c/kilims': /^Kilim rugs$/,
    '/c/tea-glasses?option.Colour=Aqua': /^Tea glasses$/,
    '/search?q=lantern': /lantern/,
    [goods.waisted.path]: /^Waisted Istanbul glass$/,
    '/cart': /cart/,
    '/checkout': /Check out|cart is empty/,
    [order]: /^Your order$/,
    '/sign-in': /^Sign in$/,
  };
  for (const [path, heading] of Object.entries(headings)) {
    for (const open of [() => page.goto(path), () => page.reload()]) {
      await open();
      await expect(page.getByRole('heading', { level: 1, name: heading }).first()).toBeVisible();
      await expect(page).toHaveTitle(/Souk/);
    }
  }
  expect(events.seen('shell:mfe-failed')).toEqual([]);
});

test('staff open the desk by its address', async ({ page, shop }) => {
  await asStaff(page, shop);
  for (const path of ['/desk', '/sign-in']) {
    await page.goto(path);
    await page.reload();
    await expect(page.getByRole('heading', { level: 1, name: /^The desk$|signed in/ })).toBeVisible();
  }
});

test('back and forward show the page and the place in it that the shopper left', async ({ page, events }) => {
  await page.goto('/');
  await events.waitFor('shell:navigated', ({ path }) => path === '/');
  await markDocument(page);
  const card = page.getByRole('link', { name: /Pierced globe lantern/ });
  await card.scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => scrollY);
  expect(before).toBeGreaterThan(100);
  await card.click();
  await expect(page.getByRole('heading', { level: 1, name: 'Pierced globe lantern' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0);

  await page.goBack();
  await expect(page.getByRole('heading', { level: 1, name: /Made by hand/ })).toBeVisible();
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(before);
  await page.goForward();
  await expect(page.getByRole('heading', { level: 1, name: 'Pierced globe lantern' })).toBeVisible();
  await expect(page).toHaveTitle('Pierced globe lantern · Souk');
  expect(await isSameDocument(page)).toBe(true);
});

test('going on puts the focus on the new page’s heading and says its title', async ({ page, events }) => {
  await page.goto('/');
  await events.waitFor('shell:navigated');
  await page.getByRole('link', { name: /^Kilim rugs/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Kilim rugs' })).toBeFocused();
  await expect(page.getByRole('status').filter({ hasText: 'Kilim rugs · Souk' })).toBeAttached();
});

test('an address that leads nowhere answers 404 with a page that leads on', async ({ page, expectFaults }) => {
  expectFaults(/404/);
  for (const path of ['/nowhere', '/p/no-such-thing', '/c/no-such-shelf']) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(404);
    await expect(page.getByRole('main').getByRole('link').first()).toBeVisible();
    await expect(page.getByRole('combobox', { name: 'Search the shop' })).toBeVisible();
  }
});
