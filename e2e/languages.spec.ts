import { addToCart, goods, isSameDocument, markDocument } from './support/steps.ts';
import { expect, test } from './support/test.ts';

test('everything on the page changes its language at once, without a new document, and keeps it', async ({
  page,
  events,
}) => {
  await addToCart(page, goods.glass.path);
  await markDocument(page);
  await page.getByRole('link', { name: 'Deutsch' }).click();

  await expect(page.getByRole('button', { name: 'In den Warenkorb' })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Im Shop suchen' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Mitteilungen' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Warenkorb, 1 Artikel' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Den Shop fragen' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(events).toHaveEmitted('shell:locale-changed', { locale: 'de' });
  expect(await isSameDocument(page)).toBe(true);

  await page.getByRole('link', { name: 'Warenkorb, 1 Artikel' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Ihr Warenkorb' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'Zur Kasse' })).toBeVisible();
  await expect(page).toHaveTitle('Warenkorb · Souk');
});

test('Arabic runs from right to left, in what the server wrote and in what took it over', async ({ page, context }) => {
  const noScript = await context.request.get('/p/x?lang=ar', { headers: { accept: 'text/html' } });
  expect(await noScript.text()).toContain('dir="rtl"');
  await page.goto(`${goods.glass.path}?lang=ar`);
  const buy = page.getByRole('button', { name: 'أضف إلى السلة' });
  await expect(buy).toBeVisible();
  const picture = await page.getByRole('main').getByRole('img').first().boundingBox();
  const button = await buy.boundingBox();
  expect(picture!.x).toBeGreaterThan(button!.x);
  await buy.click();
  await expect(page.getByRole('link', { name: 'السلة، قطعة واحدة' })).toBeVisible();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);
});
