import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startDevServer } from './support/dev-server.ts';
import { ownCopy } from './support/own-copy.ts';
import { isSameDocument, markDocument } from './support/steps.ts';
import { expect, test } from './support/test.ts';
import { openWorkspace } from './support/workspace.ts';

test('a developer works on the cart inside the shop, with hot replacement, and nobody else sees it', async ({
  page,
  newPerson,
}) => {
  test.slow();
  const workspace = openWorkspace();
  const folder = ownCopy(workspace.folder, 'mfe-cart');
  const dev = await startDevServer(folder);
  try {
    const { entries } = (await (await fetch(`${dev.origin}/@souk/manifest.json`)).json()) as {
      entries: Record<string, string>;
    };
    const overrides = Object.fromEntries(
      Object.entries(entries).map(([entry, path]) => [`@souk/mfe-cart/${entry}`, dev.origin + path]),
    );
    await page.goto(`/cart#souk-override=${encodeURIComponent(JSON.stringify(overrides))}`);
    const badge = page.getByRole('complementary', { name: 'Overrides' });
    await expect(badge).toContainText(`cart from ${dev.origin}`);
    await badge.getByRole('button', { name: 'Use it in this browser' }).click();
    await expect(badge).toContainText(`Override: cart from ${dev.origin}`);
    const heading = page.getByRole('main').getByRole('heading', { level: 1 });
    await expect(heading).toHaveText('Your cart is empty', { timeout: 30_000 });

    await markDocument(page);
    const file = join(folder, 'element/src/parts/EmptyCart.svelte');
    writeFileSync(file, readFileSync(file, 'utf8').replace('{say().cart.emptyHeading}', 'Your basket is empty'));
    await expect(heading).toHaveText('Your basket is empty');
    expect(await isSameDocument(page)).toBe(true);

    const other = await newPerson();
    await other.page.goto('/cart');
    await expect(other.page.getByRole('main').getByRole('heading', { level: 1 })).toHaveText('Your cart is empty');
    await expect(other.page.getByRole('complementary', { name: 'Overrides' })).toBeHidden();

    await badge.getByRole('button', { name: 'Switch off' }).click();
    await expect(heading).toHaveText('Your cart is empty');
    await expect(badge).toBeHidden();
  } finally {
    await dev.close();
    workspace.close();
  }
});
