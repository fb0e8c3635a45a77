import { execFile } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Page, Request } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { addToCart, goods, isSameDocument, markDocument, openChat } from './support/steps.ts';

const repository = join(import.meta.dirname, '..');
const deploymentOf = (page: Page) => page.evaluate(() => document.documentElement.dataset['deployment']);

/** The conversation tells the desk; while it does, the page would stay for that reason alone. */
const toldThatTypingStopped = async (page: Page) => {
  const isIt = (request: Request) =>
    request.url().endsWith('/api/chat/typing') && !(request.postDataJSON() as { typing: boolean }).typing;
  const response = await page.waitForResponse((one) => isIt(one.request()), { timeout: 30_000 });
  await response.finished();
};

test('an open page takes a new version when it is told of it, but not out of the checkout and not from somebody who writes', async ({
  page,
  newShop,
}, testInfo) => {
  test.slow();
  const shop = await newShop();
  await addToCart(page, shop.url + goods.glass.path);
  await page.goto(`${shop.url}/checkout`);
  await expect(page.getByLabel('Full name')).toBeVisible();
  await markDocument(page);
  const before = await deploymentOf(page);

  // Only a push makes the page ask what is live now.
  const learned = page.waitForResponse(
    async (response) =>
      response.url().endsWith('/registry/deployment') && ((await response.json()) as { id: string }).id !== before,
    { timeout: 30_000 },
  );
  const build = testInfo.outputPath('build');
  cpSync(join(repository, 'mfe-cart/dist'), build, { recursive: true });
  const manifest = JSON.parse(readFileSync(join(build, 'mfe.json'), 'utf8')) as object;
  writeFileSync(join(build, 'mfe.json'), JSON.stringify({ ...manifest, version: '9.9.9' }));
  const souk = [join(repository, 'shell/cli/src/main.ts'), 'deploy', build, '--url', shop.url];
  await promisify(execFile)(process.execPath, souk, { env: { ...process.env, STAFF_PASSWORD: shop.staffPassword } });
  await learned;

  const home = page.getByRole('banner').getByRole('link', { name: 'Souk', exact: true });
  await home.click();
  await expect(page).toHaveURL(`${shop.url}/`);
  expect(await isSameDocument(page), 'still the document of the checkout').toBe(true);

  await openChat(page);
  const message = page.getByRole('textbox', { name: 'Message' });
  const stopped = toldThatTypingStopped(page);
  await message.fill('Half a sentence');
  await message.blur();
  await stopped;
  await page.getByRole('link', { name: /^Cart, / }).click();
  await expect(page.getByRole('heading', { name: 'Your cart' })).toBeVisible();
  expect(await isSameDocument(page), 'still the document that was written in').toBe(true);
  await expect(message).toHaveValue('Half a sentence');

  await message.fill('');
  const renewed = page.waitForEvent('load');
  await home.click();
  await renewed;
  expect(await isSameDocument(page), 'another document').toBe(false);
  expect(await deploymentOf(page)).not.toBe(before);
  const importMap = await page.evaluate(() => document.querySelector('script[type="importmap"]')?.textContent);
  expect(importMap).toContain('/assets/cart/9.9.9/');
});
