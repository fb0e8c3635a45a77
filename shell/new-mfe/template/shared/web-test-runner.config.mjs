import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';

// The built modules are tested, as the shop loads them: by the import map, from /assets/. Build first.
const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL('.', import.meta.url));
const { entries } = JSON.parse(readFileSync(new URL('dist/mfe.json', import.meta.url), 'utf8'));
const imports = Object.fromEntries(
  Object.entries(entries).map(([name, { file }]) => [`@souk/mfe-sample/${name}`, `/assets/sample/${file}`]),
);

const assets = {
  name: 'assets',
  async serve({ path }) {
    if (path === '/mockServiceWorker.js') {
      return { body: await readFile(require.resolve('msw/mockServiceWorker.js'), 'utf8'), type: 'js' };
    }
    const file = /^\/assets\/sample\/([\w-]+\.js)$/.exec(path)?.[1];
    if (file) return { body: await readFile(`${here}dist/client/${file}`, 'utf8'), type: 'js' };
  },
};

const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'];
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: `${here}element/test/*.browser.test.ts`,
  nodeResolve: { browser: true, exportConditions: ['browser', 'development'] },
  concurrency: 1,
  testFramework: { config: { timeout: 20_000 } },
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: { executablePath, args: [...args, '--disable-sync', '--no-first-run'] },
    }),
  ],
  plugins: [assets, esbuildPlugin({ ts: true, target: 'auto' })],
  testRunnerHtml: (testFramework) => `<!doctype html>
<html lang="en">
  <head>
    <title>Sample</title>
    <link rel="stylesheet" href="/shell/page/src/tokens.css" />
    <script type="importmap">${JSON.stringify({ imports })}</script>
  </head>
  <body>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`,
};
