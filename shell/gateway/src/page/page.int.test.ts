import { afterEach, expect, it } from 'vitest';
import { defaultRates } from '../locale/locale.ts';
import { gatewayFixture, integrity } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

const html = { headers: { accept: 'text/html' } };
const jsonIn = (text: string, pattern: RegExp) => JSON.parse(pattern.exec(text)?.[1] ?? 'null') as never;

it('serves a page whose import map has the true integrity of every module under every address', async () => {
  shop = await gatewayFixture([{ name: 'tiny' }, { name: 'other' }]);
  const text = await (await shop.fetch('/tiny', html)).text();

  const map: { imports: Record<string, string>; integrity: Record<string, string> } = jsonIn(
    text,
    /<script type="importmap"[^>]*>(.*?)<\/script>/,
  );
  expect(map.imports).toEqual({
    '@souk/mfe-tiny/pages': '/assets/tiny/1.0.0/pages-abc.js',
    '@souk/mfe-other/pages': '/assets/other/1.0.0/pages-abc.js',
  });
  expect(Object.keys(map.integrity)).toHaveLength(2 * 2 * 3 + 1);
  for (const [url, promised] of Object.entries(map.integrity)) {
    const bytes = await (await shop.fetch(url)).bytes();
    expect(integrity(bytes)).toBe(promised);
  }
  expect(text.indexOf('importmap')).toBeLessThan(text.indexOf('modulepreload'));
});

it('has the words of the page’s language fetched ahead with the module of the route, and no others', async () => {
  shop = await gatewayFixture([{ name: 'tiny', languages: ['en', 'de'] }]);
  const text = await (await shop.fetch('/tiny?lang=de', html)).text();
  const ahead = [...text.matchAll(/<link rel="modulepreload" href="([^"]+)"/g)].map(([, url]) => url);
  expect(ahead).toContain('/assets/tiny/1.0.0/de-abc.js');
  expect(ahead).not.toContain('/assets/tiny/1.0.0/en-abc.js');
});

it('allows only scripts with the nonce of this very answer', async () => {
  shop = await gatewayFixture();
  const [first, second] = await Promise.all([shop.fetch('/tiny', html), shop.fetch('/tiny', html)]);
  const nonces = [first, second].map((answer) => /'nonce-([^']+)'/.exec(policyOf(answer))?.[1]);

  expect(nonces[0]).not.toBe(nonces[1]);
  const text = await first.text();
  const executable = [...text.matchAll(/<script(?![^>]*application\/json)[^>]*>/g)].map(([tag]) => tag);
  expect(executable).toHaveLength(2);
  for (const tag of executable) expect(tag).toContain(`nonce="${nonces[0]}"`);
  expect(policyOf(first)).toContain("object-src 'none'; base-uri 'none'; frame-ancestors 'none'");
  expect(policyOf(first)).toContain("require-trusted-types-for 'script'");
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  expect(first.headers.get('x-content-type-options')).toBe('nosniff');
});

it('tells the page what it may show, and where its event stream begins', async () => {
  shop = await gatewayFixture();
  const position = await shop.push('staff', {});
  const text = await (await shop.fetch('/tiny', html)).text();

  expect(jsonIn(text, /id="souk-page">(.*?)<\/script>/)).toEqual({
    deployment: expect.stringMatching(/^[0-9a-f]{12}$/) as string,
    overrides: { active: {} },
    frontends: [
      {
        name: 'tiny',
        version: '1.0.0',
        importance: 'primary',
        elements: { 'tiny-page': 'pages' },
        routes: [{ path: '/tiny', element: 'tiny-page', title: 'The tiny page' }],
        slots: [{ slot: 'header-end', element: 'tiny-page', order: 1 }],
        handles: { 'tiny:do-it': 'pages' },
        emits: [],
        owner: 'team-tiny',
        listens: [],
      },
    ],
    push: {
      ...{ url: '/push', position: String(position) },
      ...{ epoch: expect.any(String) as string, audience: expect.any(String) as string },
    },
    session: { roles: ['shopper'] },
    locale: {
      locale: { locale: 'en', dir: 'ltr', currency: 'EUR', rate: 1, rateDate: expect.any(String) as string },
      words: expect.objectContaining({ tryAgain: 'Try again' }) as object,
    },
  });
});

it('renders the fragment of a route as the visitor, with its status and title', async () => {
  shop = await gatewayFixture([
    {
      name: 'tiny',
      routes: ['/p/:product'],
      fragment: `export const render = async ({ url, fetch, nonce }) => {
        const answer = await fetch('/api/tiny/who');
        const { name } = await answer.json();
        return { status: answer.status, title: 'A & B', html: '<tiny-page>' + name + url.pathname + nonce.length + '</tiny-page>' };
      };`,
    },
  ]);
  shop.backends['tiny'] = (req, res) => {
    res.writeHead(404, { 'content-type': 'application/json' });
    res.end(JSON.stringify({ name: req.headers['souk-session'] ? 'known' : 'unknown' }));
  };
  const answer = await shop.fetch('/p/bowl', html);
  const text = await answer.text();

  expect(answer.status).toBe(404);
  expect(text).toContain('<title>A &amp; B · Souk</title>');
  expect(text).toContain(
    '<main id="main" class="souk-main" tabindex="-1"><div class="souk-wall" data-mfe="tiny" data-version="1.0.0" ' +
      'data-element="tiny-page"><tiny-page>known/p/bowl22</tiny-page></div></main>',
  );
});

it('speaks the language that was chosen, in the page, in its fragment and in what went wrong, and remembers it', async () => {
  const fragment = `export const render = ({ locale }) =>
    ({ status: 200, title: 'T', html: '<tiny-page>' + locale.locale + locale.currency + '</tiny-page>' });`;
  shop = await gatewayFixture([{ name: 'tiny', fragment }], { rates: defaultRates });
  const chosen = await shop.fetch('/tiny?q=1&lang=ar&currency=MAD', html);
  const text = await chosen.text();
  expect(text).toContain('<html lang="ar" dir="rtl"');
  expect(text).toContain('<tiny-page>arMAD</tiny-page>');
  expect(text).toContain('href="?q=1&amp;lang=de"');
  expect(chosen.headers.get('vary')).toContain('accept-language');
  const cookie = chosen.headers.getSetCookie().find((each) => each.startsWith('souk_locale='))!;
  expect(cookie).toMatch(/^souk_locale=ar\.MAD; /);

  const kept = { headers: { accept: 'text/html', cookie: 'souk_locale=de.EUR' } };
  expect(await (await shop.fetch('/nowhere', kept)).text()).toContain('<h1>Diese Seite finden wir nicht</h1>');
  const liked = { headers: { accept: 'application/json', 'accept-language': 'de-AT,de;q=0.9' } };
  expect(await (await shop.fetch('/locale', liked)).json()).toMatchObject({
    locale: { locale: 'de', currency: 'EUR' },
    words: { tryAgain: 'Erneut versuchen' },
    frame: { promise: expect.stringContaining('handgefertigte') as string },
  });
});

it('tells a fragment about a missing backend as the network would: by a status', async () => {
  const fragment = `export const render = async ({ fetch }) => {
    const { status } = await fetch('/api/tiny/x');
    return { status, title: 'Closed', html: '<tiny-page></tiny-page>' };
  };`;
  shop = await gatewayFixture([{ name: 'tiny', fragment, routes: ['/p/:product'] }]);
  expect((await shop.fetch('/p/bowl', html)).status).toBe(503);
});

it.each([
  ['never answers', 'export const render = () => new Promise(() => {});', 'fragment too late'],
  ['throws', 'export const render = () => { throw new Error("broken"); };', 'fragment failed'],
  ['rejects', 'export const render = async () => { throw new Error("broken"); };', 'fragment failed'],
  ['gives nonsense', 'export const render = async () => ({ status: "ok" });', 'fragment failed'],
  ['exports nothing', 'export {};', 'fragment failed'],
])('sends the page without the fragment when that %s', async (_case, fragment, message) => {
  // A failure must not be taken for lateness on a busy machine.
  const fragmentBudgetMs = message === 'fragment too late' ? 20 : 10_000;
  shop = await gatewayFixture([{ name: 'tiny', fragment }], { fragmentBudgetMs });
  const answer = await shop.fetch('/tiny', html);

  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<div class="souk-skeleton">');
  expect(shop.logged.some((line) => String(line['msg']).startsWith(message) && line['mfe'] === 'tiny')).toBe(true);
});

it('answers a path that no manifest knows with a 404 page, or a problem document for a script', async () => {
  shop = await gatewayFixture();
  const page = await shop.fetch('/nowhere', html);
  expect(page.status).toBe(404);
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(await page.text()).toContain('<h1>We cannot find this page</h1>');

  const problem = await shop.fetch('/nowhere', { headers: { accept: 'application/json' } });
  expect(problem.status).toBe(404);
  expect(problem.headers.get('content-type')).toBe('application/problem+json');
  expect(await problem.json()).toMatchObject({ code: 'no-such-page', status: 404 });
});

it('lets no text of a manifest break out of the place where it stands', async () => {
  const title = '</script><script>alert(1)</script>"&';
  shop = await gatewayFixture([{ name: 'tiny', title }]);
  const text = await (await shop.fetch('/tiny', html)).text();
  expect(text).not.toContain('<script>');
  expect(text).toContain('<title>&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&amp; · Souk</title>');
  const data: { frontends: { routes: { title: string }[] }[] } = jsonIn(text, /id="souk-page">(.*?)<\/script>/);
  expect(data.frontends[0]?.routes[0]?.title).toBe(title);
});

it('leads an address with a slash too many to the page, and keeps strange ones on this host', async () => {
  shop = await gatewayFixture();
  const slash = await shop.fetch('/tiny/?q=1');
  expect([slash.status, slash.headers.get('location')]).toEqual([308, '/tiny?q=1']);
  for (const path of ['//evil.example/tiny', '//evil.example/tiny/', '/%zz', '/tiny/%ff', '/.']) {
    const answer = await shop.fetch(path, html);
    expect(answer.status).toBeOneOf([400, 404]);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  }
});

it('packs pages with brotli when asked, and answers HEAD without a body', async () => {
  shop = await gatewayFixture();
  const packed = await shop.fetch('/tiny', { headers: { accept: 'text/html', 'accept-encoding': 'gzip, br' } });
  expect(packed.headers.get('content-encoding')).toBe('br');
  expect(await packed.text()).toContain('<!doctype html>');

  const head = await shop.fetch('/tiny', { method: 'HEAD', headers: { accept: 'text/html' } });
  expect(head.status).toBe(200);
  expect(await head.text()).toBe('');
});

it('shows a newly published version on the next page, and keeps serving the files of the old one', async () => {
  shop = await gatewayFixture();
  const { writeTinyMfe } = await import('../testing/index.ts');
  await shop.registry.publish(writeTinyMfe(shop.dir, { name: 'tiny', version: '1.1.0' }));

  expect(await (await shop.fetch('/tiny', html)).text()).toContain('"/assets/tiny/1.1.0/pages-abc.js"');
  expect((await shop.fetch('/assets/tiny/1.0.0/pages-abc.js')).status).toBe(200);
});

it('lets pages of some routes take in something of another company, and no other page', async () => {
  const exception = {
    routes: ['/tiny'],
    connect: ['https://a.test'],
    frame: ['https://b.test'],
    trustedTypes: ['theirs'],
  };
  shop = await gatewayFixture([{ name: 'tiny' }, { name: 'other' }], { policyExceptions: [exception] });
  const [wider, usual] = await Promise.all([shop.fetch('/tiny', html), shop.fetch('/other', html)]);
  for (const part of ["connect-src 'self' https://a.test;", "frame-src 'self' https://b.test;", ' theirs '])
    expect(policyOf(wider)).toContain(part);
  expect(policyOf(usual)).not.toMatch(/frame-src|https:\/\/[ab]|theirs/);
  expect(policyOf(wider)).toContain("require-trusted-types-for 'script'");
});

const policyOf = (answer: Response): string => answer.headers.get('content-security-policy') ?? '';
