import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { cookieOf, gatewayFixture, testPassword } from '../shell/gateway/src/testing/index.ts';
import type { GatewayFixture } from '../shell/gateway/src/testing/index.ts';
import { souk } from '../shell/cli/src/testing/run-souk.ts';
import { root } from './build.ts';
import { packAll } from './pack.ts';

// A compiler, npm and Vite run here, one after the other, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 240_000 });

/** A micro frontend of a team that has its own repository. */
const sources = {
  'package.json': JSON.stringify({ name: 'guide', version: '1.2.0', private: true, type: 'module' }),
  'vite.config.ts': `
    import { mfe } from '@souk/vite-plugin-mfe';
    import { defineConfig } from 'vite';
    import { events } from './events.ts';
    import { manifest } from './manifest.ts';
    export default defineConfig({ plugins: mfe(manifest, { events }) });`,
  'events.ts': `
    import type { ContractEntry } from '@souk/vite-plugin-mfe';
    const schema = { type: 'object', required: ['page'], properties: { page: { type: 'string' } } };
    export const events: ContractEntry[] = [{ event: { type: 'guide:opened', kind: 'fact' }, schema }];`,
  'manifest.ts': `
    import { defineManifest } from '@souk/vite-plugin-mfe/manifest';
    export const manifest = defineManifest({
      name: 'guide', owner: 'team-guide', importance: 'regular',
      entries: { pages: 'src/pages.ts' },
      elements: { 'guide-page': 'pages' },
      routes: [{ path: '/guide', element: 'guide-page', title: 'Guide' }],
      slots: [],
      fragment: 'src/fragment.ts',
      contract: { emits: ['guide:opened'], listens: ['cart:changed'], requests: ['cart:add-item'], handles: {} },
    });`,
  'src/pages.ts': `
    import { ask, CartAddItem, CartChanged, listen } from '@souk/shared-events/browser';
    import { welcome } from './welcome.ts';
    class GuidePage extends HTMLElement {
      connectedCallback(): void {
        listen(CartChanged, ({ count, totalCents }) => { this.textContent = welcome(count + totalCents); });
        dispatchEvent(new CustomEvent('guide:opened', { detail: { page: 'start' } }));
      }
      async buy(sku: string): Promise<number> {
        return (await ask(this, new CartAddItem({ sku, quantity: 1 }))).count;
      }
    }
    customElements.define('guide-page', GuidePage);`,
  'src/welcome.ts': `export const welcome = (n: number): string => \`The guide of another repository, \${n}\`;`,
  'src/fragment.ts': `
    import { welcome } from './welcome.ts';
    export const render = async () =>
      ({ status: 200, title: 'Guide', html: \`<guide-page>\${welcome(0)}</guide-page>\` });`,
  'src/wrong.ts': `
    import { CartChanged } from '@souk/shared-events/browser';
    import { subjects } from '@souk/shared-events/integration';
    import { defineManifest } from '@souk/vite-plugin-mfe/manifest';
    export const events = [new CartChanged({ count: 1, totalCents: 1, currency: 'USD' }), subjects.order(1)];
    export const manifest = defineManifest({ name: 'guide' });`,
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      ...{ target: 'es2024', module: 'nodenext', lib: ['es2024', 'dom', 'dom.iterable'], types: [] },
      ...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true },
    },
    include: ['*.ts', 'src'],
  }),
};

const folder = mkdtempSync(join(tmpdir(), 'souk-outside-'));
let shop: GatewayFixture;
const run = (command: string, ...args: string[]) => spawnSync(command, args, { cwd: folder, encoding: 'utf8' });

beforeAll(async () => {
  for (const [path, text] of Object.entries(sources)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // The tarballs bring nothing along, so no registry is asked. Vite is that of the team: here, the one that there is.
  const tarballs = Object.values(await packAll(join(folder, 'packed')));
  const flags = ['--offline', '--legacy-peer-deps', '--no-audit', '--no-fund', '--ignore-scripts'];
  const installed = run('npm', 'install', ...flags, ...tarballs);
  expect(installed.stderr, 'npm install').not.toContain('ERR!');
  symlinkSync(join(root, 'shell/vite-plugin/node_modules/vite'), join(folder, 'node_modules/vite'));
  const built = run(process.execPath, join(folder, 'node_modules/vite/bin/vite.js'), 'build', '--logLevel', 'error');
  expect({ status: built.status, stderr: built.stderr }).toEqual({ status: 0, stderr: '' });
  shop = await gatewayFixture([]);
});
afterAll(async () => {
  await shop.close();
  rmSync(folder, { recursive: true, force: true });
});

it('a micro frontend of another repository is built with the packed plugin, checked, deployed and shown', async () => {
  const made = await souk(['tokens', 'create', 'team-guide', 'guide', '--url', shop.url], {
    STAFF_PASSWORD: testPassword,
  });
  const env = { SOUK_TOKEN: made.stdout.trim() };
  expect((await souk(['check', folder, '--url', shop.url], env)).stdout).toMatch(/^guide 1\.2\.0-[0-9a-f]{8} fits/);
  const deployed = await souk(['deploy', folder, '--url', shop.url], env);
  expect(deployed).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^guide {2}1\.2\.0-[0-9a-f]{8} is live/) as string,
  });

  const page = await shop.fetch('/guide', { headers: { accept: 'text/html' } });
  const html = await page.text();
  expect(html).toContain('<guide-page>The guide of another repository, 0</guide-page>');
  const [module = ''] = /\/assets\/guide\/1\.2\.0-[^"]+\/pages-[\w-]+\.js/.exec(html) ?? [];
  const served = await shop.fetch(module, { headers: { cookie: cookieOf(page) } });
  expect([served.status, await served.text()]).toEqual([200, expect.stringContaining('cart:changed')]);
  // Taken from the packed contract, and from what the team brings of its own.
  const contract = shop.registry.manifest('guide', module.split('/')[3] ?? '')?.contract;
  expect(contract?.listens['cart:changed']).toMatchObject({ required: ['count', 'totalCents', 'currency'] });
  expect(contract?.emits['guide:opened']).toMatchObject({ additionalProperties: false });
});

it('the packed types say what is wrong, and only that', () => {
  const { stdout } = run(process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '--pretty', 'false');
  const told = stdout.split('\n').filter((line) => line.includes('error TS'));
  expect(told.map((line) => /^src\/wrong\.ts\(\d+,\d+\): error (TS\d+)/.exec(line)?.[1] ?? line)).toEqual([
    'TS2322', // a currency that there is not
    'TS2345', // a number for the id of an order
    'TS2345', // a manifest of nothing but a name
  ]);
});
