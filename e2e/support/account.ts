import { expect, type CDPSession, type Page } from '@playwright/test';

/** Where a browser keeps passkeys. */
export interface Authenticator {
  readonly cdp: CDPSession;
  readonly authenticatorId: string;
}

/** An authenticator that agrees to everything, in place of a finger on a sensor. */
export async function authenticator(page: Page): Promise<Authenticator> {
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
export async function register(page: Page): Promise<void> {
  await page.goto('/sign-in?next=/account');
  await page.getByLabel('What shall we call you?').fill('Zaynab');
  await page.getByRole('button', { name: 'Create an account' }).click();
  await expect(page.getByRole('heading', { name: 'Your account' })).toBeVisible();
}

/** Brings the first passkey of one over to the other, as the makers of browsers do it; a sign-in page then offers it of itself. */
export async function syncPasskey(from: Authenticator, to: Authenticator): Promise<void> {
  const { credentials } = await from.cdp.send('WebAuthn.getCredentials', { authenticatorId: from.authenticatorId });
  const [credential] = credentials;
  if (!credential) throw new Error('no passkey was made');
  await to.cdp.send('WebAuthn.addCredential', { authenticatorId: to.authenticatorId, credential });
}
