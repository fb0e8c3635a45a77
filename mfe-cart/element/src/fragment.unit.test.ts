import type { Cart } from '@souk/cart-api';
import { english, type Locale } from '@souk/shared-events/browser';
import { expect, test } from 'vitest';
import { render } from './fragment.ts';

const evil = '</script><img src=x onerror=alert(1)>"\'';
const cart: Cart = {
  lines: [
    {
      ...{
        sku: evil,
        slug: 'tile',
        title: evil,
        variant: evil,
        quantity: 2,
        unitPriceCents: 1000,
        lineTotalCents: 2000,
      },
      ...{ picture: null, available: 9 },
    },
  ],
  ...{ count: 2, subtotalCents: 2000, shippingCents: 590, taxCents: 414, totalCents: 2590, currency: 'EUR' },
};
const at = (path: string, answer: () => Response, locale?: Locale) =>
  render({
    ...{ url: new URL(path, 'http://localhost'), nonce: 'n0nce', fetch: async () => answer() },
    ...(locale && { locale }),
  });

test('a cart is shown with forms that work without scripts', async () => {
  const { status, title, html } = await at('/cart', () => Response.json(cart));
  expect([status, title]).toEqual([200, 'Cart']);
  expect(html).toContain('<style nonce="n0nce">');
  expect(html).toContain('action="/requests/cart:set-quantity"');
  expect(html).toContain('€25.90');
});

test('each page speaks its language, and what is charged stays in euro', async () => {
  const answer = () => Response.json(cart);
  const [de, ar, en] = await Promise.all([
    at('/cart', answer, { ...english, locale: 'de', currency: 'USD', rate: 2 }),
    at('/cart', answer, { ...english, locale: 'ar', dir: 'rtl' }),
    at('/cart', answer),
  ]);
  expect([de.title, ar.title, en.title]).toEqual(['Warenkorb', 'السلة', 'Cart']);
  expect(de.html).toMatch(/je ≈ 20,00\s\$/);
  expect(de.html).toMatch(/25,90\s€/);
  expect(ar.html).toContain('إتمام الشراء');
});

test('nothing that a product is called can become markup or end the data', async () => {
  const { html } = await at('/cart', () => Response.json(cart));
  expect(html).not.toContain('<img src=x');
  expect(html.match(/<\/script>/g)).toHaveLength(1);
  const json = html.slice(html.indexOf('json">') + 6, html.indexOf('</script>'));
  expect(JSON.parse(json)).toEqual(cart);
});

test('what went wrong with a form is said, and an unknown code says no more than that', async () => {
  const answer = () => Response.json({ ...cart, lines: [] });
  expect((await at('/cart?problem=not-enough-stock', answer)).html).toContain('not enough of it left');
  expect((await at('/cart?problem=%3Cb%3E', answer)).html).toContain('That did not work');
});

test('an order that is not there, or not the shopper’s, is a 404', async () => {
  const { status, html } = await at('/orders/o_1', () => Response.json({}, { status: 404 }));
  expect(status).toBe(404);
  expect(html).toContain('cannot be found');
});

test('a backend that fails leaves the page to the browser', async () => {
  await expect(at('/cart', () => Response.json({}, { status: 503 }))).rejects.toThrow('503');
});

test.each([
  [{ kind: 'card-fields' }, 'the card must not pass through the shop'],
  [{ kind: 'stripe', publishableKey: 'pk_test_1' }, 'your card goes straight to Stripe'],
])('the checkout says without scripts what it needs them for: %j', async (paymentForm, text) => {
  const { html } = await render({
    url: new URL('http://localhost/checkout'),
    nonce: 'n0nce',
    fetch: async (path) => Response.json(path === '/api/cart' ? cart : paymentForm),
  });
  expect(html).toContain(text);
  expect(html).toContain(JSON.stringify(paymentForm));
});
