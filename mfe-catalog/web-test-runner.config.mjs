import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { getResponse } from 'msw';
import { render } from './element/src/fragment.ts';
import { mockBackend } from './playground/handlers.ts';

// The sources are tested: Lit needs no compiler beyond types being taken out. Node runs this file's imports the same way.
const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL('.', import.meta.url));
const { handlers } = mockBackend();

/** What Vite does for `import css from './x.css?inline'`. */
const inlineStyles = {
  name: 'inline-styles',
  async serve({ path, query }) {
    if (!path.endsWith('.css') || !('inline' in query)) return undefined;
    const css = await readFile(fileURLToPath(new URL(`..${path}`, import.meta.url)), 'utf8');
    return { body: `export default ${JSON.stringify(css)};`, type: 'js' };
  },
};

const mockWorker = {
  name: 'mock-worker',
  async serve({ path }) {
    if (path !== '/mockServiceWorker.js') return undefined;
    return { body: await readFile(require.resolve('msw/mockServiceWorker.js'), 'utf8'), type: 'js' };
  },
};

/** `/fragment?path=/p/…`: what the gateway would get for that address, from the same goods. */
const fragments = {
  name: 'fragments',
  async serve({ path, query, request }) {
    if (path !== '/fragment') return undefined;
    const url = new URL(query.path, `http://${request.headers.host}`);
    const fetch = (wanted) => getResponse(handlers, new Request(new URL(wanted, url)));
    return { body: JSON.stringify(await render({ url, fetch, nonce: 'n0nce' })), type: 'json' };
  },
};

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: `${here}element/test/*.browser.test.ts`,
  port: 4191,
  nodeResolve: { browser: true, exportConditions: ['browser', 'development'] },
  concurrency: 1,
  testFramework: { config: { timeout: 20_000 } },
  browsers: [
    playwrightLauncher({
      product: 'chromium',
      launchOptions: {
        executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
        args: [
          '--no-sandbox',
          '--disable-gpu',
          '--disable-background-networking',
          '--disable-component-update',
          '--disable-sync',
          '--no-first-run',
        ],
      },
    }),
  ],
  plugins: [inlineStyles, mockWorker, fragments, esbuildPlugin({ ts: true, target: 'auto' })],
  testRunnerHtml: (testFramework) => `<!doctype html>
<html lang="en">
  <head>
    <title>Catalogue</title>
    <link rel="stylesheet" href="/shell/page/src/tokens.css" />
  </head>
  <body>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`,
};
