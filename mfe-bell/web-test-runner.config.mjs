import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';

// The sources are tested: Lit needs no compiler beyond types being taken out.
const require = createRequire(import.meta.url);
const here = fileURLToPath(new URL('.', import.meta.url));

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

export default {
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  files: `${here}element/test/*.browser.test.ts`,
  port: 4351,
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
  plugins: [inlineStyles, mockWorker, esbuildPlugin({ ts: true, target: 'auto' })],
  testRunnerHtml: (testFramework) => `<!doctype html>
<html lang="en">
  <head>
    <title>Bell</title>
    <link rel="stylesheet" href="/shell/page/src/tokens.css" />
  </head>
  <body>
    <script type="module" src="${testFramework}"></script>
  </body>
</html>`,
};
