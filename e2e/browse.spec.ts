import { expect, test } from './support/test.ts';
import { goods, isSameDocument, markDocument } from './support/steps.ts';

test('a shopper goes from the front to a shelf, narrows it down, and opens a product, without a new document', async ({
  page,
  events,
}) => {
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await events.waitFor('shell:navigated', ({ path }) => path === '/');
  await markDocument(page);

  await page.getByRole('link', { name: /^Tea glasses/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tea glasses' })).toBeVisible();
  await expect(page).toHaveTitle('Tea glasses · Souk');
  const count = page.getByRole('main').getByRole('status');
  await expect(count).toHaveText('16 products');

  await page.getByRole('navigation', { name: 'Narrow down' }).getByRole('link', { name: /^Aqua/ }).click();
  await expect(count).toHaveText('2 products');
  await expect(page).toHaveURL(/option\.Colour=Aqua/);

  await page
    .getByRole('link', { name: new RegExp(goods.glass.title) })
    .first()
    .click();
  await expect(page.getByRole('heading', { level: 1, name: goods.glass.title, exact: true })).toBeVisible();
  await events.waitFor('catalog:product-viewed', ({ slug }) => slug === 'beldi-glass');
  expect(await isSameDocument(page)).toBe(true);
});

test('a search finds by the words typed and says so when nothing fits', async ({ page, events }) => {
  await page.goto('/');
  await events.waitFor('shell:navigated');
  const box = page.getByRole('combobox', { name: 'Search the shop' });
  await box.fill('saffron');
  await box.press('Enter');
  await expect(page).toHaveURL('/search?q=saffron');
  await expect(page.getByRole('link', { name: /saffron/i }).first()).toBeVisible();

  await box.fill('xylophone');
  await box.press('Enter');
  await expect(page.getByRole('heading', { name: 'Nothing found for “xylophone”' })).toBeVisible();
});

test('sorting by price shows the cheapest first and keeps it in the address', async ({ page, events }) => {
  await page.goto('/c/spices');
  await events.waitFor('shell:navigated');
  await page.getByLabel('Sort by').selectOption({ label: 'Price, low to high' });
  await expect(page).toHaveURL('/c/spices?sort=price-asc');
  const prices = async () => {
    const texts = await page.getByRole('region', { name: 'Products' }).getByRole('link').allInnerTexts();
    return texts.flatMap((text) =>
      (/([\d.,]+)\s*€|€\s*([\d.,]+)/.exec(text) ?? []).slice(1).filter(Boolean).map(Number),
    );
  };
  await expect(async () => {
    const found = await prices();
    expect(found.length).toBeGreaterThan(5);
    expect(found).toEqual(found.toSorted((one, other) => one - other));
  }).toPass();
});

test('choosing options changes price, stock and address; the address leads back to the same variant', async ({
  page,
  events,
  context,
}) => {
  await page.goto(goods.glass.path);
  await events.waitFor('shell:navigated');
  await expect(page.getByText(/3\.20/).first()).toBeVisible();
  await page.getByRole('group', { name: 'Amount' }).getByRole('link', { name: 'Set of 6' }).click();
  await expect(page).toHaveURL(/variant=TEA-BELDI-CLE-S6/);
  await expect(page.getByText(/17\.90/).first()).toBeVisible();

  const other = await context.newPage();
  await other.goto(page.url());
  await expect(other.getByRole('group', { name: 'Amount' }).getByRole('link', { name: 'Set of 6' })).toHaveAttribute(
    'aria-current',
    'true',
  );
  await other.getByRole('group', { name: 'Colour' }).getByRole('link', { name: /Amber/ }).click();
  await expect(other.getByRole('button', { name: 'Sold out' })).toBeDisabled();
});

test('a product that is sold out says so and cannot be bought', async ({ page }) => {
  await page.goto(goods.soldOut.path);
  await expect(page.getByRole('heading', { level: 1, name: goods.soldOut.title })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Sold out' })).toBeDisabled();
});
