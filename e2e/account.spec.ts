import { expect, test } from './support/test.ts';
import { authenticator, register, syncPasskey } from './support/account.ts';
import { addToCart, cartLink, goods } from './support/steps.ts';

test('an account keeps a cart over devices: two carts become one, and both browsers see it change', async ({
  page,
  newPerson,
}) => {
  const mine = await authenticator(page);
  await addToCart(page, goods.glass.path);
  await register(page);
  await expect(page.getByText('(this browser)')).toBeVisible();
  await page.goto('/');
  await expect(cartLink(page, 1)).toBeVisible();

  const phone = await newPerson();
  const theirs = await authenticator(phone.page);
  await addToCart(phone.page, goods.waisted.path);
  await syncPasskey(mine, theirs);
  await phone.page.goto('/sign-in?next=/cart');
  await expect(phone.page.getByRole('heading', { name: 'Your cart' })).toBeVisible();
  await expect(phone.page.getByRole('list', { name: 'In your cart' }).getByRole('listitem')).toHaveCount(2);
  await expect(cartLink(page, 2)).toBeVisible();

  await phone.page.getByRole('button', { name: /^One more of Beldi glass/ }).click();
  await expect(cartLink(page, 3)).toBeVisible();

  await page.goto('/account');
  await page.getByRole('button', { name: /^Sign out there/ }).click();
  // The other browser hears of it, and goes on as a guest with nothing.
  await expect(cartLink(phone.page, 0)).toBeVisible();
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await expect(cartLink(page, 0)).toBeVisible();
});

test('a passkey that nobody gives is told in words, and shopping goes on without an account', async ({ page }) => {
  const { cdp, authenticatorId } = await authenticator(page);
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false });
  await page.goto('/sign-in');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await expect(page.getByRole('alert')).toContainText(/Nothing was done|could not do this/);
  await addToCart(page, goods.glass.path);
});
