import { chromiumArgs } from '../scripts/chromium.ts';
import { expect, test } from './support/test.ts';
import { addToCart, asStaff, cartLink, goods, openChat, say } from './support/steps.ts';

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

test('a conversation that waits in the back/forward cache comes back open, with what was said meanwhile, once, and goes on', async ({
  page,
  newPerson,
  shop,
}) => {
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await page.goto(goods.glass.path);
  await openChat(page);
  const mark = String(Date.now());
  await say(page, `First ${mark}`);
  await staff.page
    .getByRole('button')
    .filter({ hasText: `First ${mark}` })
    .click();
  await say(staff.page, `Second ${mark}`);
  const messages = page.getByRole('log', { name: 'Messages' });
  await expect(messages.getByText(`Second ${mark}`)).toBeVisible();
  await page.evaluate(() => {
    window.addEventListener('pageshow', ({ persisted }) => Object.assign(window, { cameBack: persisted }));
  });
  await page.goto('/sign-in');
  await say(staff.page, `Third ${mark}`);
  await say(staff.page, `Fourth ${mark}`);

  await page.goBack({ waitUntil: 'commit' });
  await expect.poll(() => page.evaluate(() => (window as { cameBack?: boolean }).cameBack)).toBe(true);
  await expect(messages.getByText(`Fourth ${mark}`)).toBeVisible();
  await say(page, `Fifth ${mark}`);
  await say(staff.page, `Sixth ${mark}`);
  for (const log of [messages, staff.page.getByRole('log', { name: 'Messages' })]) {
    await expect(log.getByText(`Sixth ${mark}`)).toBeVisible();
    const said = ['First', 'Second', 'Third', 'Fourth', 'Fifth', 'Sixth'].map((word) => `${word} ${mark}`);
    expect(await log.getByText(mark).allTextContents()).toEqual(said);
  }
});
