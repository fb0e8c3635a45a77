import { deflateSync, crc32 } from 'node:zlib';
import { expect, test } from './support/test.ts';
import { asStaff, goods, openChat, say } from './support/steps.ts';

test('what a shopper writes without a connection waits, outlives the page, and arrives once and in order', async ({
  page,
  context,
  newPerson,
  shop,
  expectFaults,
}) => {
  expectFaults(/ERR_INTERNET_DISCONNECTED|Failed to fetch|could not be loaded/);
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await page.goto(goods.glass.path);
  await openChat(page);
  const mark = String(Date.now());
  await say(page, `First ${mark}`);
  const messages = page.getByRole('log', { name: 'Messages' });
  await staff.page
    .getByRole('button')
    .filter({ hasText: `First ${mark}` })
    .click();
  const thread = staff.page.getByRole('log', { name: 'Messages' });
  await expect(messages.getByText('Read', { exact: false }).last()).toBeVisible();

  await context.setOffline(true);
  await expect(page.getByText('You are offline.')).toBeVisible();
  for (const text of ['Second', 'Third']) {
    await page.getByRole('textbox', { name: 'Message' }).fill(`${text} ${mark}`);
    await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  }
  await expect(messages.getByText('Waiting for a connection')).toHaveCount(2);
  await say(staff.page, `Meanwhile ${mark}`);

  await context.setOffline(false);
  await expect(thread.getByText(`Third ${mark}`)).toBeVisible();
  await expect(messages.getByText(`Meanwhile ${mark}`)).toBeVisible();
  await expect(messages.getByText('Waiting for a connection')).toHaveCount(0);
  const texts = await thread.getByText(mark).allTextContents();
  expect(texts.filter((text) => !text.startsWith('Meanwhile'))).toEqual([
    `First ${mark}`,
    `Second ${mark}`,
    `Third ${mark}`,
  ]);
});

test('a message that could not be sent goes out from the next page, before anybody opens the chat', async ({
  page,
  newPerson,
  shop,
  expectFaults,
}) => {
  expectFaults(/503|Failed to load resource/);
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await page.goto('/');
  await openChat(page);
  await page.route('**/api/chat/messages', (route) => route.fulfill({ status: 503, json: {} }));
  const text = `Kept ${Date.now()}`;
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('textbox', { name: 'Message' }).press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Not sent' })).toBeVisible();
  await page.unroute('**/api/chat/messages');
  await page.reload();
  await expect(staff.page.getByRole('button').filter({ hasText: text })).toBeVisible();
  await openChat(page);
  await expect(page.getByRole('log', { name: 'Messages' }).getByText(text)).toHaveCount(1);
});

test('both sides see that the other one is writing, until they stop or say it', async ({ page, newPerson, shop }) => {
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  await page.goto('/');
  await openChat(page);
  const question = `Is it blue? ${Date.now()}`;
  await say(page, question);
  await staff.page.getByRole('button').filter({ hasText: question }).click();
  await expect(staff.page.getByRole('log', { name: 'Messages' })).toBeVisible();

  await staff.page.getByRole('textbox', { name: 'Message' }).pressSequentially('It');
  await expect(page.getByText('The shop is writing')).toBeVisible();
  await staff.page.getByRole('textbox', { name: 'Message' }).fill('');
  await expect(page.getByText('The shop is writing')).toBeHidden();
  await page.getByRole('textbox', { name: 'Message' }).pressSequentially('Or');
  await expect(staff.page.getByText('Shopper is writing')).toBeVisible();
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(staff.page.getByText('Shopper is writing')).toBeHidden();
});

test('a picture reaches the desk and both tabs of the shopper, and nobody else', async ({
  page,
  context,
  newPerson,
  shop,
}) => {
  const [staff, stranger] = [await newPerson(), await newPerson()];
  await asStaff(staff.page, shop);
  await page.goto('/');
  await openChat(page);
  const [chooser] = await Promise.all([
    page.waitForEvent('filechooser'),
    page.getByRole('button', { name: 'Attach pictures or a PDF' }).click(),
  ]);
  await chooser.setFiles({ name: 'my <b>wall.png', mimeType: 'image/png', buffer: png(320, 200) });
  await expect(page.getByRole('list', { name: 'Files to send' }).getByText('my <b>wall.png')).toBeVisible();
  const text = `Which tile for this? ${Date.now()}`;
  await say(page, text);

  const shown = (on: typeof page) =>
    on.getByRole('log', { name: 'Messages' }).getByRole('img', { name: 'my <b>wall.png' });
  await expect(shown(page)).toBeVisible();
  await staff.page.getByRole('button').filter({ hasText: text }).click();
  await expect(shown(staff.page)).toBeVisible();
  await expect.poll(() => shown(staff.page).evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(320);
  const second = await context.newPage();
  await second.goto('/');
  await openChat(second);
  await expect(shown(second)).toBeVisible();

  const address = new URL((await shown(page).getAttribute('src'))!, page.url()).href;
  const answer = await page.request.get(address);
  expect(answer.headers()).toMatchObject({
    'content-type': 'image/png',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
  });
  expect((await stranger.page.request.get(address)).status()).toBe(404);
});

test('nothing of the conversation is loaded before somebody wants to talk, Vue least of all', async ({ page }) => {
  await page.goto(goods.glass.path);
  await expect(page.getByRole('button', { name: 'Ask the shop' })).toBeVisible();
  const modules = () =>
    page.evaluate(async () => {
      const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
      const files = entries.map(({ name }) => name).filter((name) => /\/assets\/.*\.js$/.test(name));
      const texts = await Promise.all(files.map(async (file) => (await fetch(file)).text()));
      return { count: files.length, withVue: texts.filter((text) => text.includes('__v_skip')).length };
    });
  const before = await modules();
  expect(before.count).toBeGreaterThan(1);
  expect(before.withVue).toBe(0);
  await openChat(page);
  expect((await modules()).withVue).toBe(1);
});

/** A grey picture. */
function png(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0], 8);
  const chunk = (type: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const rows = deflateSync(Buffer.alloc((width + 1) * height));
  const signature = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))]);
}
