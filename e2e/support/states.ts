import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import type { Shop } from './shop.ts';
import { addToCart, asStaff, cards, goods, openChat, orderStatus, placeOrder, say } from './steps.ts';

/** How to get to each state of a page that is looked at, by axe and by people. */
export const states: Readonly<Record<string, (page: Page, shop: Shop) => Promise<void>>> = {
  'the front': async (page) => {
    await page.goto('/');
    await heading(page, /Made by hand/);
  },
  'a category': async (page) => {
    await page.goto('/c/tea-glasses');
    await heading(page, 'Tea glasses');
  },
  'search results': async (page) => {
    await page.goto('/search?q=lantern');
    await heading(page, /lantern/);
  },
  'a search that finds nothing': async (page) => {
    await page.goto('/search?q=xylophone');
    await heading(page, /Nothing found/);
  },
  'a product': async (page) => {
    await page.goto(goods.glass.path);
    await heading(page, goods.glass.title);
  },
  'a product that is sold out': async (page) => {
    await page.goto(goods.soldOut.path);
    await heading(page, goods.soldOut.title);
  },
  'an account': async (page) => {
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    const options = {
      ...({ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true } as const),
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    };
    await cdp.send('WebAuthn.addVirtualAuthenticator', { options });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'Create an account' }).click();
    await heading(page, 'Your account');
  },
  'the notifications': async (page) => {
    await placeOrder(page, cards.declined);
    await page.goto('/');
    await page.getByRole('button', { name: /^Notifications/ }).click();
    await expect(page.getByRole('dialog', { name: 'Notifications' }).getByRole('listitem')).toHaveCount(1);
  },
  'an empty cart': async (page) => {
    await page.goto('/cart');
    await heading(page, 'Your cart is empty');
  },
  'a full cart': async (page) => {
    await addToCart(page, goods.glass.path);
    await addToCart(page, goods.waisted.path, 2);
    await page.goto('/cart');
    await expect(page.getByRole('button', { name: 'Check out' })).toBeVisible();
  },
  'the checkout': async (page) => {
    await addToCart(page, goods.glass.path);
    await page.goto('/checkout');
    await expect(page.getByRole('button', { name: 'Place order' })).toBeVisible();
  },
  'the checkout with mistakes': async (page) => {
    await addToCart(page, goods.glass.path);
    await page.goto('/checkout');
    await page.getByRole('button', { name: 'Place order' }).click();
    await expect(page.getByRole('alert')).toBeVisible();
  },
  'a confirmed order': async (page) => {
    await placeOrder(page, cards.good);
    await expect(orderStatus(page)).toHaveText('Order confirmed');
  },
  'a declined order': async (page) => {
    await placeOrder(page, cards.declined);
    await expect(orderStatus(page)).toHaveText('Payment declined');
  },
  'the sign-in': async (page) => {
    await page.goto('/sign-in');
    await heading(page, 'Sign in');
  },
  'the desk': async (page, shop) => {
    await page.goto('/');
    await openChat(page);
    await say(page, 'Is anybody there?');
    await asStaff(page, shop);
    await page.getByRole('list', { name: 'Conversations' }).getByRole('button').first().click();
    await expect(page.getByRole('textbox', { name: 'Message' })).toBeVisible();
  },
  'a page with the conversation open': async (page) => {
    await page.goto(goods.glass.path);
    await openChat(page);
    await say(page, 'Good morning');
  },
  'an address that leads nowhere': async (page) => {
    await page.goto('/nowhere');
    await heading(page, 'We cannot find this page');
  },
};

const heading = (page: Page, name: string | RegExp) =>
  expect(page.getByRole('heading', { level: 1, name }).first()).toBeVisible();
