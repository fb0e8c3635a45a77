import { readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, expect, it } from 'vitest';
import { createLogger } from '@souk/service-kit';
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

const spoil = (file: string) => {
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
};

it('serves no file that is not what was published, says so in the log, and tells the staff once', async () => {
  shop = await gatewayFixture();
  const stored = (await shop.registry.file('tiny', '1.0.0', 'pages-abc.js'))!;
  const before = await shop.channel.lastPosition('push');
  for (const file of [stored.file, stored.brotliFile!]) spoil(file);
  for (let n = 0; n < 2; n++) {
    const headers = { 'accept-encoding': 'br' };
    const answer = await shop.fetch('/assets/tiny/1.0.0/pages-abc.js', { headers });
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([503, 'no-store']);
  }
  expect((await shop.fetch('/assets/tiny/1.0.0/chunk-def.js')).status).toBe(200);

  const alarms: unknown[] = [];
  for await (const { event } of shop.channel.read('push.staff', { from: before + 1 })) alarms.push(event.data);
  expect(alarms).toHaveLength(2); // one for each copy
  expect(alarms[0]).toMatchObject({ type: 'shell:deployment-alarm', detail: { kind: 'damaged', name: 'tiny' } });
  const kept: unknown[] = [];
  for await (const { event } of shop.channel.read('shell.mfe.tiny')) kept.push([event.type, event.data]);
  expect(kept.at(-1)).toEqual(['shell.mfe-damaged.v1', { name: 'tiny', version: '1.0.0', path: 'pages-abc.js' }]);
  expect(await (await shop.fetch('/metrics')).text()).toContain('souk_mfe_damaged_files{backend="gateway"} 2');
});

it('serves the plain copy where the packed one is damaged', async () => {
  shop = await gatewayFixture();
  spoil((await shop.registry.file('tiny', '1.0.0', 'pages-abc.js'))!.brotliFile!);
  const answer = await shop.fetch('/assets/tiny/1.0.0/pages-abc.js', { headers: { 'accept-encoding': 'br' } });
  expect([answer.status, answer.headers.get('content-encoding')]).toEqual([200, null]);
});

it('finds a damaged file that nobody asks for when it looks at all of them', async () => {
  shop = await gatewayFixture();
  const { watchFiles } = await import('./file-watch.ts');
  const log = createLogger({ name: 'test', destination: { write: () => undefined } });
  const files = watchFiles({ registry: shop.registry, channel: shop.channel, log });
  expect([await files.scrub(), files.damaged]).toEqual([4, 0]);
  spoil((await shop.registry.file('tiny', '1.0.0', 'chunk-def.js'))!.file);
  await files.scrub();
  expect(files.damaged).toBe(1);
  files.close();
});
