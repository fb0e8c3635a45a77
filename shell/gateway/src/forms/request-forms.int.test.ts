import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { gatewayFixture } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
let seen: { req: IncomingMessage; body: string }[];
beforeEach(async () => {
  shop = await gatewayFixture();
  seen = [];
});
afterEach(() => shop.close());

const backend = (status: number, headers: Record<string, string>, body = '') => {
  shop.backends['tiny'] = async (req, res) => {
    seen.push({ req, body: await text(req) });
    res.writeHead(status, headers);
    res.end(body);
  };
};
const send = (path = '/requests/tiny:do-it', accept = 'text/html') =>
  shop.fetch(path, {
    method: 'POST',
    headers: { accept, referer: `${shop.url}/p/bowl?glaze=blue`, 'sec-fetch-site': 'same-origin' },
    body: new URLSearchParams({ sku: 'A & B', quantity: '2' }),
  });

it('hands a form to the owner as the visitor, and passes its redirect on', async () => {
  backend(303, { location: '/cart' });
  const answer = await send();
  expect(answer.status).toBe(303);
  expect(answer.headers.get('location')).toBe('/cart');
  expect(seen[0]?.req.url).toBe('/api/tiny/requests/do-it');
  expect(seen[0]?.body).toBe('sku=A+%26+B&quantity=2');
  expect(seen[0]?.req.headers['souk-session']).toMatch(/./);
});

it.each(['https://evil.example/', '//evil.example', ''])('goes back to the page instead of to %j', async (location) => {
  backend(303, { location });
  expect((await send()).headers.get('location')).toBe('/p/bowl?glaze=blue');
});

it('shows a problem as a page with a way back, and never as raw JSON', async () => {
  const problem = { status: 409, code: 'not-enough-stock', detail: 'only 1 is left of <b>Bowl</b>' };
  backend(409, { 'content-type': 'application/problem+json' }, JSON.stringify(problem));
  const answer = await send();
  const page = await answer.text();
  expect(answer.status).toBe(409);
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(page).toContain('Only 1 is left of &lt;b&gt;Bowl&lt;/b&gt;.');
  expect(page).toContain('href="/p/bowl?glaze=blue"');

  expect(await (await send(undefined, 'application/json')).json()).toEqual(problem);
});

it('does not show what a broken backend says', async () => {
  backend(500, { 'content-type': 'text/plain' }, 'stack trace');
  expect(await (await send()).text()).not.toContain('stack trace');
});

it('says so when the owner has no backend right now', async () => {
  const answer = await send();
  expect(answer.status).toBe(503);
  expect(await answer.text()).toContain('<h1>This part of the shop is having a rest</h1>');
});

it.each(['/requests/tiny', '/requests/tiny:', '/requests/..%2ftiny:do-it', '/requests/tiny:do-it%2f..%2f..%2fx'])(
  'knows no request %s',
  async (path) => {
    backend(303, { location: '/cart' });
    expect((await send(path)).status).toBe(404);
    expect(seen).toHaveLength(0);
  },
);

it('refuses a form that is too large, and bodies that are no forms', async () => {
  backend(303, { location: '/cart' });
  const headers = { accept: 'application/json' };
  const large = new URLSearchParams({ text: 'x'.repeat(70_000) });
  expect((await shop.fetch('/requests/tiny:do-it', { method: 'POST', headers, body: large })).status).toBe(413);
  const json = { ...headers, 'content-type': 'application/json' };
  expect((await shop.fetch('/requests/tiny:do-it', { method: 'POST', headers: json, body: '{}' })).status).toBe(415);
});
