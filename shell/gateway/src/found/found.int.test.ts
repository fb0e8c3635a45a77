import { afterEach, expect, it } from 'vitest';
import { gatewayFixture } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';
import { sitemap } from './sitemap.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

const html = { headers: { accept: 'text/html' } };
const answerJson = (body: unknown, status = 200) => ({ status, body: JSON.stringify(body) });

it('names in the sitemap every page that a backend names, part by part, in every language', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }, { name: 'other' }]);
  const answers: Record<string, { status: number; body: string }> = {
    '/api/tiny/sitemap?part=1': answerJson({ parts: 2, paths: ['/', '/p/a&b'] }),
    '/api/tiny/sitemap?part=2': answerJson({ parts: 2, paths: ['/p/last'] }),
  };
  for (const name of ['tiny', 'other']) {
    shop.backends[name] = (req, res) => {
      const { status, body } = answers[req.url ?? ''] ?? answerJson({}, 404);
      res.writeHead(status, { 'content-type': 'application/json' }).end(body);
    };
  }
  const index = await shop.fetch('/sitemap.xml');
  expect(index.headers.get('content-type')).toContain('application/xml');
  expect(index.headers.get('set-cookie')).toBeNull();
  const parts = [...(await index.text()).matchAll(/<loc>(.*?)<\/loc>/g)].map(([, address]) => address);
  expect(parts).toEqual([`${shop.url}/sitemap-tiny-1.xml`, `${shop.url}/sitemap-tiny-2.xml`]);

  const first = await (await shop.fetch('/sitemap-tiny-1.xml')).text();
  expect([...first.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, each]) => each)).toEqual([
    `${shop.url}/`,
    `${shop.url}/p/a&amp;b`,
  ]);
  expect(first.match(/hreflang="(en|de|ar|x-default)"/g)).toHaveLength(8);
  for (const missing of ['/sitemap-tiny-3.xml', '/sitemap-other-1.xml', '/sitemap-nobody-1.xml']) {
    expect((await shop.fetch(missing)).status).toBe(404);
  }
});

it('stays within what the protocol allows for one sitemap, however long the addresses of a part', async () => {
  shop = await gatewayFixture();
  const paths = Array.from({ length: 10_000 }, (_, each) => `/p/${'long-name-of-a-product-'.repeat(4)}${each}`);
  expect(Buffer.byteLength(sitemap('https://souk.example', paths))).toBeLessThan(50 * 1024 * 1024);
});

it('tells crawlers what not to fetch, and where the sitemap is', async () => {
  shop = await gatewayFixture();
  const text = await (await shop.fetch('/robots.txt')).text();
  expect(text).toContain('Disallow: /api/');
  expect(text).toContain(`Sitemap: ${shop.url}/sitemap.xml`);
});

it('gives a page one address, its other languages, and a card for who is sent a link', async () => {
  shop = await gatewayFixture();
  const text = await (await shop.fetch('/tiny?sort=price&page=2&lang=de&currency=USD', html)).text();
  expect(text).toContain(`<link rel="canonical" href="${shop.url}/tiny?page=2">`);
  expect(text).toContain(`hreflang="ar" href="${shop.url}/tiny?page=2&amp;lang=ar">`);
  expect(text).toContain(`hreflang="x-default" href="${shop.url}/tiny?page=2">`);
  expect(text).toContain('<meta property="og:title" content="The tiny page · Souk">');
  expect(text).toMatch(/<meta name="description" content="[^"]+">/);

  const missing = await (await shop.fetch('/nowhere', html)).text();
  expect(missing).not.toContain('rel="canonical"');
});
