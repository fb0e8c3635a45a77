import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import type { Shop } from '../../support/shop.ts';
import type { Look } from './look.ts';
import type { Staff } from './staff.ts';

export interface DamageOptions {
  readonly shop: Shop;
  readonly browser: Browser;
  readonly staff: Staff;
  readonly dataDir: string;
  readonly look: Look;
}

const patienceMs = 20_000;

/** A flipped byte in a stored chunk: nobody runs it, the shop lives, somebody hears of it, and it heals. */
export async function lookAtDamage({ shop, browser, staff, dataDir, look }: DamageOptions): Promise<void> {
  const html = await (await fetch(shop.url, { headers: { accept: 'text/html' } })).text();
  const file = /"\/assets\/cart\/[^/]+\/(mini-[^"]+\.js)"/.exec(html)?.[1] ?? 'none';
  const stored = globSync(`**/client/${file}{,.br}`, { cwd: join(dataDir, 'registry') });
  const watcher = await browser.newContext({ baseURL: shop.url });
  const monitor = await watcher.newPage();
  await monitor.goto('/sign-in?next=/ops/deployments');
  await monitor.getByLabel('Name').fill('Karim');
  await monitor.getByLabel('Password').fill(shop.staffPassword);
  await monitor.getByRole('button', { name: 'Sign in' }).click();
  await monitor.getByRole('heading', { name: 'What has happened' }).waitFor({ timeout: patienceMs });

  const flip = () => {
    if (stored.length === 0) throw new Error(`${file} is nowhere in the store`);
    for (const path of stored.map((each) => join(dataDir, 'registry', each))) {
      const bytes = readFileSync(path);
      bytes[bytes.length >> 1]! ^= 1;
      writeFileSync(path, bytes);
    }
  };
  const context = await browser.newContext({ baseURL: shop.url });
  const page = await context.newPage();
  const wall = (state: string) => page.locator(`.souk-wall[data-element="cart-mini"][data-state="${state}"]`);

  await look('a flipped byte in a stored chunk: the wall shows its fallback, and the shop lives', async () => {
    flip();
    await page.goto('/');
    await wall('failed').first().waitFor({ timeout: patienceMs });
    await page.goto('/p/beldi-glass');
    await page.getByRole('heading', { name: 'Beldi glass', level: 1 }).waitFor({ timeout: patienceMs });
    await page.getByRole('button', { name: 'Ask the shop' }).waitFor({ timeout: patienceMs });
    return `${stored.length} copies of ${file} flipped; the product page and the chat work`;
  });
  await look('the alarm is an event, a metric, and on the screen of the staff', async () => {
    if (!(await staff.history('cart')).some(({ what }) => what === 'damaged')) throw new Error('no event');
    const metrics = await (await fetch(`${shop.url}/metrics`)).text();
    const damaged = /^souk_mfe_damaged_files\S* (\d+)/m.exec(metrics)?.[1];
    if (!Number(damaged)) throw new Error(`souk_mfe_damaged_files is ${damaged}`);
    await monitor.getByRole('alert').filter({ hasText: 'is damaged in the store' }).waitFor({ timeout: patienceMs });
    return `souk_mfe_damaged_files ${damaged}`;
  });
  await look('once the bytes are right again it comes back', async () => {
    flip();
    await page.goto('/');
    await wall('up').first().waitFor({ timeout: patienceMs });
    return 'the cart is up';
  });
  await context.close();
  await watcher.close();
}
