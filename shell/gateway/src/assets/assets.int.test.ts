import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { gatewayFixture } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

/** Unlike `fetch`, sends the path exactly as it is given. */
const raw = (path: string): Promise<{ status: number | undefined; body: string }> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(shop.url);
    request({ hostname, port, path }, async (res) => resolve({ status: res.statusCode, body: await text(res) }))
      .on('error', reject)
      .end();
  });

it.each(['/assets', '/assets/retry-1', '/assets/retry-2'])('serves files for ever under %s', async (prefix) => {
  shop = await gatewayFixture();
  for (const encoding of ['br', 'identity', 'br;q=0']) {
    const headers = { 'accept-encoding': encoding };
    const answer = await shop.fetch(`${prefix}/tiny/1.0.0/pages-abc.js`, { headers });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('vary')).toBe('accept-encoding');
    expect(answer.headers.get('content-encoding')).toBe(encoding === 'br' ? 'br' : null);
    expect(await answer.text()).toContain("customElements.define('tiny-page'");
  }
});

it('serves the files of the page itself', async () => {
  shop = await gatewayFixture();
  const style = await shop.fetch('/assets/shell/p1/page-abc.css');
  expect(style.headers.get('content-type')).toBe('text/css; charset=utf-8');
  expect(await style.text()).toContain('teal');
});

it.each([
  '/assets/tiny/1.0.0/nothing.js',
  '/assets/tiny/1.0.0/',
  '/assets/tiny/9.9.9/pages-abc.js',
  '/assets/nobody/1.0.0/pages-abc.js',
  '/assets/shell/p2/page-abc.css',
  '/assets/retry-3/tiny/1.0.0/pages-abc.js',
  '/assets/tiny/1.0.0/pages-abc.js.br',
  '/assets/tiny/1.0.0/../mfe.json',
  '/assets/tiny/1.0.0/..%2fmfe.json',
  '/assets/tiny/1.0.0/..%2f..%2f..%2f..%2fshell.db',
  '/assets/..%2f..%2ftiny/1.0.0/pages-abc.js',
  '/assets/tiny/1.0.0%2f..%2f1.0.0/pages-abc.js',
  '/assets/tiny/1.0.0/%00',
  '/assets/tiny/%zz/pages-abc.js',
  '/assets/__proto__/constructor/pages-abc.js',
])('has no file under %s', async (path) => {
  shop = await gatewayFixture([{ name: 'tiny', fragment: 'export const render = 1;' }]);
  const { status, body } = await raw(path);
  expect(status).toBeOneOf([400, 404]);
  expect(body).not.toContain('customElements');
});

it('keeps the server entry to itself', async () => {
  shop = await gatewayFixture([{ name: 'tiny', fragment: 'export const render = "secret words";' }]);
  for (const path of ['/assets/tiny/1.0.0/server/fragment.js', '/assets/tiny/1.0.0/..%2fserver%2ffragment.js']) {
    expect(await raw(path)).toMatchObject({ status: 404 });
  }
});
