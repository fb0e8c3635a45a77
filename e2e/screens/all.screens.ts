import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { states } from '../support/states.ts';
import { asStaff, cards, orderStatus, placeOrder } from '../support/steps.ts';
import { expect, test } from '../support/test.ts';
import type { Shop } from '../support/shop.ts';

const folder = join(import.meta.dirname, '../../docs/screens');
const small = { width: 360, height: 740 };
const large = { width: 1280, height: 800 };
/** Of a longer page nothing new is to be seen. */
const maxHeight = 1600;

/** What only the staff see, beside the desk. */
const staffStates: typeof states = {
  'the events': async (page, shop) => {
    await staffAfterAnOrder(page, shop);
    await page.goto('/ops/events');
    await expect(page.getByRole('list', { name: 'Events, newest first' }).getByRole('link').first()).toBeVisible();
  },
  'the sagas': async (page, shop) => {
    await staffAfterAnOrder(page, shop);
    await page.goto('/ops/sagas');
    await page.getByRole('list', { name: 'Sagas' }).getByRole('link').first().click();
    await expect(page.getByRole('img', { name: /^The steps of checkout/ })).toBeVisible();
  },
  'the deployments': async (page, shop) => {
    await asStaff(page, shop);
    await page.goto('/ops/deployments');
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.getByText('mfe-cart').or(page.getByText('cart')).first()).toBeVisible();
  },
};

/** States that a new document does not have; they are not shown from right to left. */
const passing = [
  'the notifications',
  'the checkout with mistakes',
  'the desk',
  'a page with the conversation open',
  ...Object.keys(staffStates),
];

test.use({ contextOptions: { reducedMotion: 'reduce' } });

for (const [name, go] of Object.entries({ ...states, ...staffStates }))
  test(name, async ({ page, shop, expectFaults }) => {
    test.slow();
    expectFaults();
    await go(page, shop);
    await take(page, name, 'large-light', large, 'light');
    await take(page, name, 'large-dark', large, 'dark');
    await take(page, name, 'small-light', small, 'light');
    if (passing.includes(name)) return;
    await page.context().request.get('/locale?lang=ar');
    await page.reload();
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await page.locator('.souk-wall[data-state=up]').first().waitFor();
    await take(page, name, 'small-rtl', small, 'light');
    await take(page, name, 'large-rtl', large, 'dark');
  });

async function take(
  page: Page,
  name: string,
  how: string,
  size: { readonly width: number; readonly height: number },
  colorScheme: 'light' | 'dark',
): Promise<void> {
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme });
  await page.evaluate(async () => {
    await document.fonts.ready;
    const within = (root: ParentNode): HTMLImageElement[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        ...(element instanceof HTMLImageElement ? [element] : []),
        ...(element.shadowRoot ? within(element.shadowRoot) : []),
      ]);
    const pictures = within(document);
    // Those below the fold load when they come near it.
    for (const picture of pictures) picture.loading = 'eager';
    await Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
  const whole = await page.evaluate(() => document.documentElement.scrollHeight);
  const height = Math.min(whole, maxHeight);
  const cdp = await page.context().newCDPSession(page);
  const { data } = await cdp.send('Page.captureScreenshot', {
    ...({ format: 'webp', quality: 60, captureBeyondViewport: height > size.height } as const),
    ...(height > size.height && { clip: { x: 0, y: 0, width: size.width, height, scale: 1 } }),
  });
  await cdp.detach();
  const file = `${name.replace(/^(the|an?) /, '').replaceAll(' ', '-')}.${how}.webp`;
  writeFileSync(join(folder, file), Buffer.from(data, 'base64'));
}

async function staffAfterAnOrder(page: Page, shop: Shop): Promise<void> {
  await placeOrder(page, cards.good);
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  await asStaff(page, shop);
}
