import { expect } from '@playwright/test';
import type { Locator, Page, Worker } from '@playwright/test';
import type { Shop } from './shop.ts';

/** The bell with so many unread. */
export const bell = (page: Page, unread?: number): Locator => {
  const name =
    unread === undefined ? /^Notifications/ : unread === 0 ? /^Notifications$/ : `Notifications, ${unread} unread`;
  return page.getByRole('button', { name });
};

/** What the bell opens. */
export const centre = (page: Page): Locator => page.getByRole('dialog', { name: 'Notifications' });

/** Where a browser of {@link turnMessagesOn} would get its messages. */
export const endpoint = 'https://fcm.googleapis.com/fcm/send/e2e';

/**
 * Says yes to messages for when the shop is closed. A push service is out of reach of a test: the browser gets an address as
 * from one, and the shop is not told of it.
 * @returns the service worker that shows them
 */
export async function turnMessagesOn(page: Page, shop: Shop): Promise<Worker> {
  const context = page.context();
  await context.grantPermissions(['notifications'], { origin: shop.url });
  await context.addInitScript((address) => {
    const toJSON = () => ({ endpoint: address, keys: {} });
    PushManager.prototype.subscribe = async () => ({ toJSON }) as unknown as PushSubscription;
  }, endpoint);
  await page.route('**/api/bell/devices', (route) => route.fulfill({ status: 201, json: { deviceId: 'd_e2e' } }));
  await page.goto('/');
  await bell(page).click();
  const added = page.waitForRequest('**/api/bell/devices');
  await centre(page).getByRole('button', { name: 'Send me messages' }).click();
  expect((await added).postDataJSON()).toMatchObject({ endpoint });
  await expect(centre(page).getByText('You get messages also when the shop is closed.')).toBeVisible();
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  expect(worker.url()).toBe(`${shop.url}/api/bell/worker.js`);
  return worker;
}
