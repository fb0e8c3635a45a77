import { AxeBuilder } from '@axe-core/playwright';
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CartAddItem, CartChanged } from '@souk/shared-events/browser';
import type { Page } from '@playwright/test';
import { addToCart, cartLink, goods } from './support/steps.ts';
import { expect, test } from './support/test.ts';

const inspectorOf = (page: Page) => page.getByRole('complementary', { name: 'Inspector' });

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path);
  await expect(cartLink(page, 0)).toBeVisible();
  await page.keyboard.press('Alt+KeyE');
  await expect(inspectorOf(page).getByRole('toolbar')).toBeVisible();
}

test('nothing of the inspector is loaded before somebody asks for it', async ({ page }) => {
  const loaded: string[] = [];
  page.on('request', (request) => loaded.push(request.url()));
  await page.goto(goods.glass.path);
  await expect(cartLink(page, 0)).toBeVisible();
  expect(loaded.filter((url) => url.includes('inspector'))).toEqual([]);
  await page.keyboard.press('Alt+KeyE');
  await expect(inspectorOf(page).getByRole('toolbar')).toBeVisible();
  expect(loaded.filter((url) => url.includes('inspector'))).toHaveLength(1);
});

test('a click is followed from the request over HTTP and the log to what is pushed', async ({ newStaff }) => {
  const { page } = await newStaff();
  await open(page, goods.glass.path);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  const list = inspectorOf(page).getByRole('list', { name: 'Events' });
  const request = list.getByRole('button', { name: /request cart:add-item catalog → cart/ });
  await expect(request).toContainText('1 HTTP');
  await request.click();
  const more = list.getByRole('listitem').filter({ hasText: 'request' }).first();
  await expect(more).toContainText(/POST \/api\/cart\/\S+ · 20\d/);
  await expect(more).toContainText(/done after \d+ ms/);
  await request.click();
  await request.click();
  await expect(more).toContainText('cart.item-quantity-set.v1');
  await expect(more).toContainText('pushed cart:changed');
  const { violations } = await new AxeBuilder({ page })
    .include('.souk-inspector')
    .options({ preload: false })
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

test('what was recorded is a test that passes', async ({ page, events, shop }) => {
  test.setTimeout(120_000);
  await open(page, goods.glass.path);
  const inspector = inspectorOf(page);
  await inspector.getByRole('button', { name: 'Record' }).click();
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(events).toHaveEmitted(CartChanged, { count: 1 });
  await expect(inspector.getByRole('button', { name: /request cart:add-item/ })).toBeVisible();
  await inspector.getByRole('button', { name: 'Record' }).click();
  await inspector.getByRole('button', { name: 'Export' }).click();
  const code = await inspector.getByRole('textbox', { name: 'Playwright test' }).inputValue();
  expect(code).toContain(CartAddItem.type);
  const result = await runTest(code, shop.url);
  expect(result.output).toContain('1 passed');
  // Its replay is heard by the cart as well.
  await inspector.getByRole('button', { name: 'Replay' }).click();
  await expect(cartLink(page, 2)).toBeVisible();
});

test('who is no staff, elsewhere than on localhost, gets no inspector', async ({ page, shop }) => {
  const port = new URL(shop.url).port;
  await page.goto(`http://souk.localhost:${port}/`);
  await page.keyboard.press('Alt+KeyE');
  await addToCart(page, `http://souk.localhost:${port}${goods.glass.path}`);
  await expect(inspectorOf(page)).toBeHidden();
});

/** Runs a test file as a team would, against the shop that is there. */
async function runTest(code: string, url: string): Promise<{ readonly output: string }> {
  const folder = await mkdtemp(join(tmpdir(), 'souk-recorded-'));
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const support = join(import.meta.dirname, 'support/test.ts');
  await writeFile(join(folder, 'recorded.spec.ts'), code.replace('./support/test.ts', support));
  await writeFile(
    join(folder, 'playwright.config.mts'),
    `import config from ${JSON.stringify(join(import.meta.dirname, 'playwright.config.ts'))};
export default { ...config, testDir: import.meta.dirname, outputDir: './results', workers: 1 };\n`,
  );
  const cli = join(import.meta.dirname, 'node_modules/.bin/playwright');
  const child = spawn(cli, ['test', '--config', join(folder, 'playwright.config.mts')], {
    cwd: folder,
    env: { ...process.env, SHOP_URL: url, TEST_WORKER_INDEX: undefined },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  await new Promise((resolve) => child.on('close', resolve));
  await rm(folder, { recursive: true });
  return { output };
}
