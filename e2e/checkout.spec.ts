import type { Page } from '@playwright/test';
import { expect, test } from './support/test.ts';
import {
  addToCart,
  asStaff,
  cards,
  cartLink,
  fillCard,
  fillCheckout,
  goods,
  isSameDocument,
  markDocument,
  orderStatus,
  placeOrder,
} from './support/steps.ts';

test.describe('a card whose bank does not answer', () => {
  test('ends in a failed payment, nothing charged, and another card pays the same order', async ({ page, events }) => {
    test.slow();
    const path = await placeOrder(page, cards.silent);
    await expect(orderStatus(page)).toHaveText('Processing');
    await expect(page.getByRole('main')).toContainText('The payment provider does not answer at the moment');
    await expect(orderStatus(page)).toHaveText(/^Payment failed/, { timeout: 45_000 });
    await expect(page.getByRole('main')).toContainText('nothing was charged');
    await expect(cartLink(page, 1)).toBeVisible();
    await fillCard(page, cards.good);
    await page.getByRole('button', { name: 'Pay with this card' }).click();
    await expect(orderStatus(page)).toHaveText('Order confirmed');
    expect(new URL(page.url()).pathname).toBe(path);
    await events.waitFor('cart:order-changed', ({ status }) => status === 'confirmed');
  });
});

test('a payment provider that is down for a while delays the order, says so, and pushes the outcome', async ({
  page,
  events,
}) => {
  test.slow();
  await placeOrder(page, cards.late);
  await expect(page.getByRole('main')).toContainText('your order is not lost');
  await markDocument(page);
  await expect(orderStatus(page)).toHaveText('Order confirmed', { timeout: 30_000 });
  await events.waitFor('cart:order-changed', ({ status }) => status === 'confirmed');
  expect(await isSameDocument(page)).toBe(true);
});

test('an order that gets stuck says that somebody looks at it; once repaired, the page tells how it ended', async ({
  page,
  shop,
  newPerson,
}) => {
  test.slow();
  const path = await placeOrder(page, cards.stuck);
  await expect(page.getByRole('main')).toContainText('One of us has to look at your order', { timeout: 45_000 });
  await markDocument(page);
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  const saga = `/api/cart/sagas/${path.split('/').at(-1)}-1`;
  const request = staff.context.request;
  const { revision } = (await (await request.get(saga)).json()) as { revision: number };
  const data = { act: 'retry', why: 'the provider is back', revision };
  const acted = await request.post(`${saga}/acts`, { headers: { origin: shop.url }, data });
  expect(acted.status()).toBe(200);
  await expect(orderStatus(page)).toHaveText(/^Payment failed/, { timeout: 30_000 });
  expect(await isSameDocument(page)).toBe(true);
  await fillCard(page, cards.good);
  await page.getByRole('button', { name: 'Pay with this card' }).click();
  await expect(orderStatus(page)).toHaveText('Order confirmed');
});

test('reload and Back in the middle of a checkout buy once', async ({ page, expectFaults }) => {
  expectFaults(/409/);
  await placeOrder(page, cards.late);
  await page.goBack();
  await expect(page.getByRole('heading', { name: 'Check out' })).toBeVisible();
  await page.reload();
  await fillCheckout(page, cards.good);
  await page.getByRole('button', { name: 'Place order' }).click();
  // The order that is under way, not another one.
  await page.waitForURL(/\/orders\/[^/]+$/);
  await page.reload();
  await expect(orderStatus(page)).toHaveText('Order confirmed', { timeout: 30_000 });
  const { orders } = (await (await page.request.get('/api/cart/orders')).json()) as { orders: unknown[] };
  expect(orders).toHaveLength(1);
});

test('of two tabs that check out the same cart one order comes, and both tabs show it', async ({
  page,
  context,
  expectFaults,
}) => {
  expectFaults(/409/);
  await addToCart(page, goods.glass.path);
  const tabs = [page, await context.newPage()];
  for (const tab of tabs) {
    await tab.goto('/checkout');
    await fillCheckout(tab, cards.late);
  }
  await Promise.all(tabs.map((tab) => tab.getByRole('button', { name: 'Place order' }).click()));
  for (const tab of tabs) await expect(orderStatus(tab)).toHaveText('Order confirmed', { timeout: 30_000 });
  expect(new URL(tabs[0]!.url()).pathname).toBe(new URL(tabs[1]!.url()).pathname);
});

test('a hundred shoppers who want one piece: one order, and ninety-nine clear answers', async ({
  page,
  shop,
  playwright,
}) => {
  test.slow();
  const sku = new URL(await lastPiece(page), shop.url).searchParams.get('variant') ?? '';
  const headers = { origin: shop.url };
  const delivery = { name: 'A', email: 'a@b.de', street: 'S 1', city: 'Leipzig', postcode: '04109', country: 'DE' };
  const card = { cardNumber: cards.good, expiryMonth: 12, expiryYear: 2034, cvc: '123' };
  const shoppers = await Promise.all(
    Array.from({ length: 100 }, () => playwright.request.newContext({ baseURL: shop.url, extraHTTPHeaders: headers })),
  );
  // Each in turn, as one browser: a guest's session begins with its first page.
  for (const shopper of shoppers) await shopper.get('/cart');
  const wishes = await Promise.all(
    shoppers.map(async (shopper) => {
      const { totalCents } = await (await shopper.post('/api/cart/lines', { data: { sku, quantity: 1 } })).json();
      const { token } = await (await shopper.post('/api/cart/payment-tokens', { data: card })).json();
      return { delivery, paymentToken: token, expectedTotalCents: totalCents };
    }),
  );
  const answers = await Promise.all(
    shoppers.map((shopper, index) =>
      shopper.post('/api/cart/checkout', { data: wishes[index], headers: { ...headers, 'idempotency-key': 'one' } }),
    ),
  );
  const ends = await Promise.all(
    answers.map(async (answer, index) => {
      const { orderId, code } = (await answer.json()) as { orderId?: string; code?: string };
      if (!answer.ok()) return code;
      let status = 'placed';
      await expect(async () => {
        ({ status } = await (await shoppers[index]!.get(`/api/cart/orders/${orderId}`)).json());
        expect(['confirmed', 'sold-out']).toContain(status);
      }).toPass({ timeout: 60_000 });
      return status;
    }),
  );
  const count = (end: string) => ends.filter((each) => each === end).length;
  expect(count('confirmed')).toBe(1);
  expect(count('sold-out') + count('not-enough-stock')).toBe(99);
  for (const shopper of shoppers) await shopper.dispose();
});

test('a good card confirms the order, told by push on a page that is not loaded again', async ({ page, events }) => {
  await addToCart(page, goods.glass.path);
  await cartLink(page, 1).click();
  await markDocument(page);
  await page.getByRole('button', { name: 'Check out' }).click();
  await fillCheckout(page, cards.good);
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  const { orderId } = await events.waitFor('cart:order-changed', ({ status }) => status === 'confirmed');
  expect(new URL(page.url()).pathname).toBe(`/orders/${orderId}`);
  await events.waitFor('cart:changed', ({ count }) => count === 0);
  await expect(cartLink(page, 0)).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
});

for (const [name, number, reason] of [
  ['declined', cards.declined, 'Your bank refused this card'],
  ['short of money', cards.poor, 'There is not enough money on this card'],
] as const)
  test(`a card that is ${name} keeps the cart, and another card pays the same order`, async ({ page }) => {
    const path = await placeOrder(page, number);
    await expect(orderStatus(page)).toHaveText('Payment declined');
    await expect(page.getByRole('main')).toContainText(reason);
    await expect(cartLink(page, 1)).toBeVisible();

    await fillCard(page, cards.good);
    await page.getByRole('button', { name: 'Pay with this card' }).click();
    await expect(orderStatus(page)).toHaveText('Order confirmed');
    expect(new URL(page.url()).pathname).toBe(path);
    await expect(cartLink(page, 0)).toBeVisible();
  });

test('a form with mistakes names each of them and loses nothing that was typed', async ({ page }) => {
  await addToCart(page, goods.glass.path);
  await page.goto('/checkout');
  await page.getByLabel('Full name').fill('Mona Haddad');
  await page.getByRole('button', { name: 'Place order' }).click();
  const summary = page.getByRole('alert').filter({ hasText: 'There is a problem' });
  await expect(summary).toBeFocused();
  await summary.getByRole('link', { name: /postcode/ }).click();
  await expect(page.getByLabel('Postcode')).toBeFocused();
  await fillCheckout(page, '4242 4242 4242 4241');
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(summary.getByRole('link')).toHaveText(['Enter the number on the front of the card']);
  await expect(page.getByLabel('Full name')).toHaveValue('Mona Haddad');
});

test('an order has an address that survives a reload and belongs to one shopper alone', async ({
  page,
  newPerson,
  expectFaults,
}) => {
  expectFaults(/404/);
  const path = await placeOrder(page, cards.good);
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  await page.reload();
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  await expect(page.getByRole('complementary', { name: 'What you ordered' })).toContainText(goods.glass.title);

  const other = await newPerson();
  await other.page.goto(path);
  await expect(other.page.getByRole('heading', { name: 'This order cannot be found' })).toBeVisible();
  const answer = await other.context.request.get(`/api/cart${path}`);
  expect(answer.status()).toBe(404);
  expect(answer.headers()['content-type']).toContain('application/problem+json');
});

test('a double click on “Place order” places one order', async ({ page }) => {
  await addToCart(page, goods.glass.path);
  await page.goto('/checkout');
  await fillCheckout(page, cards.good);
  await page.getByRole('button', { name: 'Place order' }).dblclick();
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  const { orders } = (await (await page.request.get('/api/cart/orders')).json()) as { orders: unknown[] };
  expect(orders).toHaveLength(1);
});

test('of two shoppers who want the last piece one gets it, and the other is told and charged nothing', async ({
  page,
  newPerson,
  expectFaults,
}) => {
  expectFaults(/409/);
  const path = await lastPiece(page);
  const other = (await newPerson()).page;
  for (const shopper of [page, other]) {
    await addToCart(shopper, path);
    await shopper.goto('/checkout');
    await fillCheckout(shopper, cards.good);
  }
  const end = async (shopper: Page) => {
    await shopper.getByRole('button', { name: 'Place order' }).click();
    const refused = shopper.getByRole('alert').filter({ hasText: 'There is a problem' });
    // The status, not the steps below it, which name "Order confirmed" before it has come true.
    const decided = orderStatus(shopper).filter({ hasText: /^(Order confirmed|Sold out)$/ });
    await expect(decided.or(refused).first()).toBeVisible();
    return (await decided.filter({ hasText: 'Order confirmed' }).count()) > 0;
  };
  const confirmed = await Promise.all([page, other].map(end));
  expect(confirmed.toSorted()).toEqual([false, true]);
  const loser = confirmed[0] ? other : page;
  await expect(cartLink(loser, 1)).toBeVisible();
});

test('what is sold out meanwhile is named, and the order page offers what is left, down to a confirmed order', async ({
  page,
  shop,
  newPerson,
}) => {
  test.slow();
  const { path, sku, available } = await variantOf(page, (left) => left > 1 && left < 9);
  await page.goto(path);
  const headers = { origin: shop.url };
  const all = { sku, quantity: available };
  expect((await page.request.post('/api/cart/lines', { data: all, headers })).ok()).toBe(true);
  await page.goto('/checkout');
  // This bank takes its time, and meanwhile somebody else buys one.
  await fillCheckout(page, cards.late);
  const other = (await newPerson()).page;
  await addToCart(other, path);
  await other.goto('/checkout');
  await fillCheckout(other, cards.good);
  await page.getByRole('button', { name: 'Place order' }).click();
  await page.waitForURL(/\/orders\/[^/]+$/);
  await other.getByRole('button', { name: 'Place order' }).click();
  await expect(orderStatus(other)).toHaveText('Order confirmed');

  await expect(orderStatus(page)).toHaveText('Sold out', { timeout: 45_000 });
  const title = await other
    .getByRole('complementary', { name: 'What you ordered' })
    .getByRole('link')
    .first()
    .innerText();
  await expect(page.getByRole('main')).toContainText(new RegExp(`Only ${available - 1} left of ${title}`));
  await markDocument(page);
  await page.getByRole('button', { name: 'Take what is left and check out' }).click();
  await expect(page.getByRole('heading', { name: 'Check out' })).toBeVisible();
  expect(await isSameDocument(page)).toBe(true);
  await expect(page.getByRole('complementary', { name: 'Your order' })).toContainText(`${available - 1} ×`);
  await fillCheckout(page, cards.good);
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(orderStatus(page)).toHaveText('Order confirmed');
});

test('a price that changed since the shopper saw it is shown and asked about, never taken silently', async ({
  page,
  shop,
  newPerson,
  expectFaults,
}) => {
  expectFaults(/409/);
  const staff = await newPerson();
  await asStaff(staff.page, shop);
  const sell = async (price: string) => {
    const row = `Journey kettle,journey-kettle,Boils,Souk,Kettles,,TRUE,Active,JOURNEY-KETTLE,Title,Default Title,${price},50`;
    const answer = await staff.context.request.post('/api/catalog/imports', {
      headers: { origin: shop.url, 'content-type': 'text/csv' },
      data: `${csvColumns}\n${row}\n`,
    });
    expect(await answer.text()).toContain('"published":1');
  };
  await sell('80.00');
  await expect(async () => addToCart(page, '/p/journey-kettle')).toPass();
  await page.goto('/checkout');
  await fillCheckout(page, cards.good);
  await sell('95.50');
  await expect(async () => {
    const { totalCents } = (await (await page.request.get('/api/cart')).json()) as { totalCents: number };
    expect(totalCents).toBe(9550);
  }).toPass();
  await page.getByRole('button', { name: 'Place order' }).click();
  const notice = page.getByRole('alert').filter({ hasText: 'A price has changed' });
  await expect(notice).toContainText('the total was €80.00 and is now €95.50');
  await expect(notice).toBeFocused();
  const orders = async () =>
    ((await (await page.request.get('/api/cart/orders')).json()) as { orders: unknown[] }).orders;
  expect(await orders()).toEqual([]);
  await page.getByRole('button', { name: 'Place order' }).click();
  await expect(orderStatus(page)).toHaveText('Order confirmed');
  expect(await orders()).toEqual([expect.objectContaining({ totalCents: 9550 })]);
});

const csvColumns =
  'Title,URL handle,Description,Vendor,Product category,Tags,Published on online store,Status,SKU,Option1 name,Option1 value,Price,Inventory quantity';

/** Address of a variant of which there is one left. */
async function lastPiece(page: Page): Promise<string> {
  return (await variantOf(page, (available) => available === 1)).path;
}

/** The first variant of which so many are left. */
async function variantOf(
  page: Page,
  fits: (available: number) => boolean,
): Promise<{ path: string; sku: string; available: number }> {
  interface List {
    products: { slug: string; lowStock: boolean }[];
  }
  interface Product {
    variants: { sku: string; available: number }[];
  }
  for (let number = 1; ; number++) {
    const answer = await page.request.get(`/api/catalog/products?page=${number}`);
    expect(answer.ok(), 'the shop has a product with so many pieces left').toBe(true);
    const { products } = (await answer.json()) as List;
    for (const { slug } of products) {
      const { variants } = (await (await page.request.get(`/api/catalog/products/${slug}`)).json()) as Product;
      const found = variants.find(({ available }) => fits(available));
      if (found) return { path: `/p/${slug}?variant=${encodeURIComponent(found.sku)}`, ...found };
    }
  }
}
