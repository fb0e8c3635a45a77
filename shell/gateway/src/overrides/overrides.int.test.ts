import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { cookieOf, gatewayFixture, testPassword } from '../testing/index.ts';
import type { GatewayFixture } from '../testing/index.ts';

let shop: GatewayFixture;
afterEach(() => shop.close());

const html = { accept: 'text/html' };
const module = '@souk/mfe-tiny/pages';
const address = 'http://localhost:5174/element/src/pages.ts';

const newSession = async () => cookieOf(await shop.fetch('/tiny', { headers: html }));
const override = (cookie: string, overrides: unknown, headers: Record<string, string> = {}) =>
  shop.fetch('/registry/overrides', {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie, ...headers },
    body: JSON.stringify({ overrides }),
  });
const overrideCookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((value) => value.split(';')[0] ?? '')
    .find((value) => value.startsWith('souk_override=')) ?? '';
const view = async (cookie: string) => {
  const answer = await shop.fetch('/tiny', { headers: { ...html, cookie } });
  const text = await answer.text();
  const map = JSON.parse(/<script type="importmap"[^>]*>(.*?)<\/script>/.exec(text)?.[1] ?? '{}') as ImportMap;
  const data = JSON.parse(/id="souk-page">(.*?)<\/script>/.exec(text)?.[1] ?? '{}') as PageData;
  return { text, map, data, policy: answer.headers.get('content-security-policy') ?? '' };
};
interface ImportMap {
  imports: Record<string, string>;
}
interface PageData {
  deployment: string;
  overrides?: { active: Record<string, string> };
  frontends: { name: string; dev?: boolean }[];
}

it('takes a module from the developer in the one session that asked for it, and in no other', async () => {
  const fragment = `export const render = async () => ({ status: 200, title: 'T', html: '<tiny-page>served</tiny-page>' });`;
  shop = await gatewayFixture([{ name: 'tiny', fragment }]);
  const cookie = await newSession();
  const answer = await override(cookie, { [module]: address });
  expect(answer.status).toBe(204);
  const own = await view(`${cookie}; ${overrideCookieOf(answer)}`);

  expect(own.map.imports[module]).toBe(address);
  expect(own.data.overrides).toEqual({ active: { [module]: address } });
  expect(own.data.frontends).toMatchObject([{ name: 'tiny', dev: true }]);
  expect(own.policy).toContain("connect-src 'self' http://localhost:5174 ws://localhost:5174;");
  // What the developer's server shows is not known here.
  expect(own.text).not.toContain('served');

  const other = await view(`${await newSession()}; ${overrideCookieOf(answer)}`);
  expect(other.map.imports[module]).toBe('/assets/tiny/1.0.0/pages-abc.js');
  expect(other.data.overrides).toEqual({ active: {} });
  expect(other.policy).not.toContain('localhost:5174');
  expect(other.data.deployment).not.toBe(own.data.deployment);
});

it('ends all overrides when none are asked for', async () => {
  shop = await gatewayFixture();
  const cookie = await newSession();
  const answer = await override(cookie, {});
  expect(answer.headers.getSetCookie().at(-1)).toMatch(/^souk_override=; Path=\/; Max-Age=0;/);
});

it('believes no cookie that somebody made up', async () => {
  shop = await gatewayFixture();
  const cookie = await newSession();
  const kept = overrideCookieOf(await override(cookie, { [module]: address }));
  const text = Buffer.from(JSON.stringify({ [module]: 'http://localhost:9/x' })).toString('base64url');
  const forged = `souk_override=${text}.${kept.split('.')[1] ?? ''}`;
  expect((await view(`${cookie}; ${forged}`)).map.imports[module]).toBe('/assets/tiny/1.0.0/pages-abc.js');
});

it.each([
  ['code from elsewhere', { [module]: 'https://evil.example/x.js' }],
  ['a host that only looks near', { [module]: 'http://localhost.evil.example/x.js' }],
  ['a script address', { [module]: 'javascript:alert(1)' }],
  ['data', { [module]: 'data:text/javascript,alert(1)' }],
  ['a password', { [module]: 'http://a:b@localhost:1/x' }],
  ['a module that is none of ours', { lit: address }],
  ['no address', { [module]: 7 }],
  ['no object', [address]],
  ['too many', Object.fromEntries(Array.from({ length: 33 }, (_, n) => [`@souk/mfe-tiny/e${n}`, address]))],
])('refuses an override by %s', async (_case, overrides) => {
  shop = await gatewayFixture();
  const answer = await override(await newSession(), overrides);
  expect([answer.status, (await answer.json()) as unknown]).toMatchObject([400, { code: 'invalid-override' }]);
});

it('lets only staff override from elsewhere, and forgets it when they sign out', async () => {
  shop = await gatewayFixture();
  const elsewhere = { host: 'shop.example' };
  const guest = await newSession();
  expect(await asked('/registry/overrides', { ...elsewhere, cookie: guest }, '{"overrides":{}}')).toBe(403);

  const body = new URLSearchParams({ name: 'Karim', password: testPassword });
  const staff = cookieOf(await shop.fetch('/sign-in', { method: 'POST', body }));
  expect(await asked('/registry/overrides', { ...elsewhere, cookie: staff }, '{"overrides":{}}')).toBe(204);
  const kept = overrideCookieOf(await override(staff, { [module]: address }));
  const after = cookieOf(await shop.fetch('/sign-out', { method: 'POST', headers: { cookie: staff } }));
  expect((await view(`${after}; ${kept}`)).data.overrides).toEqual({ active: {} });
});

it('takes a connection through a proxy for no own machine', async () => {
  shop = await gatewayFixture();
  const cookie = await newSession();
  const answer = await override(cookie, {}, { 'x-forwarded-for': '203.0.113.7' });
  expect(answer.status).toBe(403);
});

/** Status of a POST with a `host` header of one's own, which `fetch` does not let through. */
const asked = (path: string, headers: Record<string, string>, body: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const type = { 'content-type': 'application/json' };
    const req = request(shop.url + path, { method: 'POST', headers: { ...type, ...headers } }, (res) => {
      res.resume();
      resolve(res.statusCode ?? 0);
    });
    req.on('error', reject);
    req.end(body);
  });
