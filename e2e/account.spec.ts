import type { CDPSession, Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import { addToCart, cartLink, goods } from './support/steps.ts';

/** An authenticator that agrees to everything, in place of a finger on a sensor. */
async function authenticator(page: Page): Promise<{ cdp: CDPSession; authenticatorId: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const options = {
    ...({ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const),
    ...{ isUserVerified: true, automaticPresenceSimulation: true },
  };
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
  return { cdp, authenticatorId };
}

/** Makes an account with a passkey; ends at the account's page. */
async function register(page: Page): Promise<void> {
  await page.goto('/sign-in?next=/account');
  await page.getByLabel('What shall we call you?').fill('Zaynab');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
}

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
  const { credentials } = await mine.cdp.send('WebAuthn.getCredentials', { authenticatorId: mine.authenticatorId });
  await addToCart(phone.page, goods.waisted.path);
  // Synced, as the makers of browsers do it; offered by the field of itself, as the authenticator agrees at once.
  const [credential] = credentials;
  if (!credential) throw new Error('no passkey was made');
  const { authenticatorId } = theirs;
  await theirs.cdp.send('WebAuthn.addCredential', { authenticatorId, credential });
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
