import { expect, test } from './support/test.ts';
import { cartLink, goods } from './support/steps.ts';

test.use({ javaScriptEnabled: false });

test('without scripts a shopper browses, reads about a product and searches', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: /^Tea glasses/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Tea glasses' })).toBeVisible();
  await page.getByRole('link', { name: /^Beldi glass/ }).click();
  await expect(page.getByRole('heading', { level: 1, name: goods.glass.title })).toBeVisible();
  await expect(page.getByText(/3\.20/).first()).toBeVisible();
  await page.goto('/search?q=lantern');
  await expect(
    page
      .getByRole('main')
      .getByRole('link', { name: /lantern/i })
      .first(),
  ).toBeVisible();
});

test('without scripts “Add to cart” answers with a page, and the product is in the cart', async ({ page }) => {
  await page.goto(goods.glass.path);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await expect(page).toHaveURL('/cart');
  await expect(page.getByRole('main').getByRole('link', { name: goods.glass.title })).toBeVisible();
  const cart = (await (await page.request.get('/api/cart')).json()) as { count: number };
  expect(cart.count).toBe(1);
});

test('without scripts a refused addition answers with a page as well', async ({ page }) => {
  const answer = await page.request.post('/requests/cart:add-item', {
    form: { sku: 'no-such-thing', quantity: '1' },
    headers: { accept: 'text/html' },
  });
  expect(answer.headers()['content-type']).toContain('text/html');
  expect(answer.status()).toBeLessThan(500);
});

test.describe('with scripts', () => {
  test.use({ javaScriptEnabled: true });
  test('what was put into the cart without scripts is there', async ({ page }) => {
    await page.request.post('/requests/cart:add-item', { form: { sku: 'TEA-BELDI-CLE-SING', quantity: '2' } });
    await page.goto('/');
    await expect(cartLink(page, 2)).toBeVisible();
  });
});
