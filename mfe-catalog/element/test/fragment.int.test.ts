import type { Product } from '@souk/catalog-api';
import { english, type Locale } from '@souk/shared-events/browser';
import { getResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { products } from '../../playground/goods.ts';
import { mockBackend } from '../../playground/handlers.ts';
import { render, type Fragment } from '../src/fragment.ts';

const nonce = 'Zm9v+bar/==';

async function fragmentAt(
  path: string,
  goods: readonly Product[] = products,
  locale?: Locale,
): Promise<Fragment & { asked: string[] }> {
  const { handlers, asked } = mockBackend(goods);
  const url = new URL(path, 'https://souk.example');
  const fetch = async (wanted: string) => (await getResponse(handlers, new Request(new URL(wanted, url))))!;
  return { ...(await render({ url, fetch, nonce, ...(locale && { locale }) })), asked };
}

/** What the element in the browser reads. */
function handover(html: string): unknown {
  const [, json] = /<script type="application\/json">(.*?)<\/script>/s.exec(html)!;
  return JSON.parse(json!);
}

const every = [
  '/',
  '/c/zellige',
  '/search?q=lantern',
  '/search?q=submarine',
  '/p/fassi-lantern',
  '/p/submarine',
  '/c/none',
];

describe('a page of the catalogue rendered on the server', () => {
  it.each([
    ['/', 200, 'Handmade from the workshops', '<catalog-home ', 'Made by hand, sold by the piece'],
    ['/c/zellige', 200, 'Zellige tiles', '<catalog-list ', 'Bone star'],
    ['/search?q=lantern', 200, 'Search', '<catalog-list ', 'Fassi lantern'],
    ['/search?q=submarine', 200, 'Search', '<catalog-list ', 'Nothing found for'],
    ['/p/fassi-lantern', 200, 'Fassi lantern', '<catalog-product ', 'Sheet brass, pierced by hand'],
    ['/p/submarine', 404, 'There is nothing here', '<catalog-product ', 'is no longer sold'],
    ['/c/none', 404, 'There is nothing here', '<catalog-list ', 'is no longer sold'],
    ['/c/none/deeper', 404, 'There is nothing here', '<catalog-list ', 'is no longer sold'],
  ])('%s answers %i', async (path, status, title, tag, words) => {
    const fragment = await fragmentAt(path);
    expect(fragment).toMatchObject({ status, title });
    expect(fragment.html).toContain(tag);
    expect(fragment.html).toContain('<template shadowroot="open" shadowrootmode="open">');
    expect(fragment.html).toContain(words);
  });

  it('speaks the language of each page, several at a time, and shows about what it costs in its currency', async () => {
    const german: Locale = { ...english, locale: 'de' };
    const arabic: Locale = { ...english, locale: 'ar', dir: 'rtl', currency: 'MAD', rate: 10 };
    const [de, ar, en] = await Promise.all([
      fragmentAt('/p/fassi-lantern', products, german),
      fragmentAt('/p/fassi-lantern', products, arabic),
      fragmentAt('/p/fassi-lantern'),
    ]);
    expect(de.html).toContain('In den Warenkorb');
    expect(ar.html).toContain('أضف إلى السلة');
    expect(ar.html).toContain('≈');
    expect(en.html).toContain('Add to cart');
    expect((await fragmentAt('/', products, german)).title).toBe('Handgemachtes aus den Werkstätten');
  });

  it('has a description where there is one to give', async () => {
    expect((await fragmentAt('/c/zellige')).description).toBe('Glazed clay tiles cut by hand in Fez.');
    expect(await fragmentAt('/search?q=lantern')).not.toHaveProperty('description', expect.any(String));
  });

  it('asks its backend once', async () => {
    expect((await fragmentAt('/p/fassi-lantern')).asked).toEqual(['/api/catalog/products/fassi-lantern']);
  });

  it('hands over the data that it was made of', async () => {
    const { html } = await fragmentAt('/p/fassi-lantern');
    const { related: _related, ...data } = products.find(({ slug }) => slug === 'fassi-lantern')!;
    expect(handover(html)).toMatchObject({
      source: '/api/catalog/products/fassi-lantern',
      data: { ...JSON.parse(JSON.stringify(data)), related: { together: [{ slug: 'safi-bowl' }] } },
    });
  });

  it('hands over that there is nothing', async () => {
    expect(handover((await fragmentAt('/p/submarine')).html)).toEqual({ source: '/api/catalog/products/submarine' });
  });

  it('shows the variant of the address', async () => {
    const { html } = await fragmentAt('/p/fassi-lantern?variant=fassi-lantern.brass.45-cm');
    expect(html).toMatch(/name="sku"[^>]* value="fassi-lantern\.brass\.45-cm"/);
    expect(html).toContain('Only 2 left');
  });

  it.each(every)(
    '%s passes a strict policy: each style with the nonce, no style attribute, no handler',
    async (path) => {
      const { html } = await fragmentAt(path);
      const styles = html.match(/<style[^>]*>/g);
      expect(styles?.length).toBeGreaterThan(0);
      expect(new Set(styles)).toEqual(new Set([`<style nonce="${nonce}">`]));
      expect(html).not.toMatch(/\sstyle=/);
      expect(html).not.toMatch(/\son[a-z]+=/);
      expect(html.match(/<script[^>]*>/g)).toEqual(['<script type="application/json">']);
    },
  );

  it('lets no text of a product out of its place', async () => {
    const title = '</script><script>alert(1)</script> $& <b>"Fez" & \'Safi\'</b> <!--';
    const bad = { ...products.find(({ slug }) => slug === 'safi-bowl')!, title, description: title };
    for (const path of ['/p/safi-bowl', '/search?q=', '/']) {
      const { html, ...fragment } = await fragmentAt(path, [bad]);
      expect(html).not.toContain('<script>');
      expect(html).not.toContain('<b>');
      expect(html.match(/<\/script>/g)).toHaveLength(1);
      expect(JSON.stringify(handover(html))).toContain(JSON.stringify(title).slice(1, -1));
      if (path === '/p/safi-bowl') expect(fragment.title).toBe(title);
    }
  });

  it('lets no word of the address out of its place', async () => {
    const { html } = await fragmentAt(
      `/search?q=${encodeURIComponent('"><script>alert(1)</script>')}&sort=%22onload=x`,
    );
    expect(html).not.toContain('<script>');
    expect(html.match(/<\/script>/g)).toHaveLength(1);
  });

  it('leaves every problem but "nothing here" to the gateway', async () => {
    const url = new URL('https://souk.example/c/zellige');
    const failing = async () => new Response('', { status: 503 });
    await expect(render({ url, fetch: failing, nonce })).rejects.toMatchObject({ name: 'RequestProblem', status: 503 });
    const unreachable = () => Promise.reject(new TypeError('fetch failed'));
    await expect(render({ url, fetch: unreachable, nonce })).rejects.toMatchObject({ status: 0 });
  });
});

describe('what search engines are told', () => {
  const things = (head = ''): Record<string, unknown>[] =>
    [...head.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)].map(
      ([, json]) => JSON.parse(json!) as Record<string, unknown>,
    );

  it('is what the page of a product shows: each variant with its price and whether it can be had', async () => {
    const { head, title, html } = await fragmentAt('/p/fassi-lantern');
    const { data } = handover(html) as { data: Product };
    const [product, way] = things(head);
    expect(product).toMatchObject({ '@type': 'Product', name: title, url: 'https://souk.example/p/fassi-lantern' });
    expect(product!['offers']).toEqual(
      data.variants.map(({ sku, priceCents, available }) =>
        expect.objectContaining({
          ...{ '@type': 'Offer', sku, price: (priceCents / 100).toFixed(2), priceCurrency: 'EUR' },
          availability: `https://schema.org/${available > 0 ? 'InStock' : 'OutOfStock'}`,
        }),
      ),
    );
    expect(way).toMatchObject({ '@type': 'BreadcrumbList' });
    expect((way!['itemListElement'] as { item: string; position: number }[]).map(({ position }) => position)).toEqual([
      1, 2, 3,
    ]);
    expect(head).toMatch(/<meta property="og:image" content="https:\/\/souk\.example\//);
  });

  it('is how the shop is searched, on its front', async () => {
    const [shop] = things((await fragmentAt('/')).head);
    expect(shop).toMatchObject({ '@type': 'WebSite', potentialAction: { '@type': 'SearchAction' } });
  });

  it('cannot end its own block, whatever a product says', async () => {
    const [first, ...others] = products;
    const evil = { ...first!, title: '</script><script>alert(1)</script>' };
    const { head } = await fragmentAt(`/p/${evil.slug}`, [evil, ...others]);
    expect(things(head)[0]!['name']).toBe(evil.title);
    expect(head).not.toContain('<script>alert');
  });

  it('is nothing where there is nothing', async () => {
    expect((await fragmentAt('/p/submarine')).head).toBeUndefined();
  });
});
