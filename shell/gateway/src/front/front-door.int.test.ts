import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { cookieOf, gatewayFixture } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

const post = (headers: Record<string, string>) => shop.fetch('/api/tiny/things', { method: 'POST', headers });

it.each([
  ['the same origin, as the browser says', { 'sec-fetch-site': 'same-origin' }, 200],
  ['no page at all', { 'sec-fetch-site': 'none' }, 200],
  ['a program without any such header', {}, 200],
  ['another site', { 'sec-fetch-site': 'cross-site' }, 403],
  ['another host of the same site', { 'sec-fetch-site': 'same-site' }, 403],
  ['another origin, from an older browser', { origin: 'https://evil.example' }, 403],
  ['a sandboxed frame', { origin: 'null' }, 403],
])('answers a POST from %s with %s → %i', async (_who, headers, status) => {
  shop = await gatewayFixture();
  shop.backends['tiny'] = (_req, res) => res.end('done');
  const answer = await post(headers as Record<string, string>);
  expect(answer.status).toBe(status);
  // A refused request must not replace the shopper's session either.
  expect(answer.headers.getSetCookie()).toHaveLength(status === 200 ? 1 : 0);
});

it('takes a POST whose Origin names this host', async () => {
  shop = await gatewayFixture();
  shop.backends['tiny'] = (_req, res) => res.end('done');
  expect((await post({ origin: shop.url })).status).toBe(200);
});

it('answers 503 for a backend that is missing, and serves it as soon as it is there', async () => {
  shop = await gatewayFixture();
  const missing = await shop.fetch('/api/tiny/things');
  expect(missing.status).toBe(503);
  expect(missing.headers.get('retry-after')).toBe('1');
  expect(await missing.json()).toMatchObject({ code: 'backend-unavailable' });
  expect(await (await shop.fetch('/readyz')).json()).toMatchObject({ status: 'degraded', backendsMissing: ['tiny'] });

  shop.backends['tiny'] = (_req, res) => res.end('here');
  expect(await (await shop.fetch('/api/tiny/things')).text()).toBe('here');
  expect(await (await shop.fetch('/readyz')).json()).toMatchObject({ status: 'ready' });
});

it('keeps a backend that throws or hangs inside its own wall', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }], { answerTimeoutMs: 30 });
  shop.backends['throws'] = () => {
    throw new Error('private words');
  };
  shop.backends['hangs'] = () => {};
  shop.backends['tiny'] = (_req, res) => res.end('well');

  const thrown = await shop.fetch('/api/throws/x');
  expect(thrown.status).toBe(500);
  expect(await thrown.text()).not.toContain('private words');
  expect((await shop.fetch('/api/hangs/x')).status).toBe(503);
  expect(await (await shop.fetch('/api/tiny/x')).text()).toBe('well');
});

it.each(['/api', '/api/', '/api/TINY/x', '/api/..%2f..', '/api/__proto__/x', '/api/constructor/x'])(
  'has nothing under %s',
  async (path) => {
    shop = await gatewayFixture();
    expect((await shop.fetch(path)).status).toBe(404);
  },
);

it('sends the protective headers with every kind of answer', async () => {
  shop = await gatewayFixture();
  for (const path of [
    '/tiny',
    '/nowhere',
    '/api/tiny/x',
    '/assets/tiny/1.0.0/pages-abc.js',
    '/healthz',
    '/favicon.ico',
  ]) {
    const { headers } = await shop.fetch(path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('strict-origin-when-cross-origin');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('permissions-policy')).toContain('camera=()');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  }
});

it('makes no session for what is the same for everybody', async () => {
  shop = await gatewayFixture();
  for (const path of [
    '/assets/tiny/1.0.0/pages-abc.js',
    '/healthz',
    '/metrics',
    '/favicon.svg',
    '/registry/frontends',
  ]) {
    const answer = await shop.fetch(path);
    expect(answer.status).toBe(200);
    expect(cookieOf(answer)).toBe('');
  }
});

it.each(['/healthzzz', '/metrics/x', '/readyz/x', '/registry/x', '/assets/x', '/assets/', '/favicon.png'])(
  'has no page under %s either, where nobody has a session',
  async (path) => {
    shop = await gatewayFixture();
    const answer = await shop.fetch(path);
    expect(answer.status).toBe(404);
    expect(cookieOf(answer)).toBe('');
  },
);

it.each(['*', 'http://elsewhere.example/tiny', 'http://elsewhere.example/api/tiny/x'])(
  'refuses the request target %s, which is no path',
  async (path) => {
    shop = await gatewayFixture();
    const { hostname, port } = new URL(shop.url);
    const [answer] = (await once(request({ hostname, port, path }).end(), 'response')) as [IncomingMessage];
    expect(answer.resume().statusCode).toBe(400);
  },
);
