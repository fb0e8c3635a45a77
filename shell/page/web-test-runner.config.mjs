import { fileURLToPath } from 'node:url';
import { esbuildPlugin } from '@web/dev-server-esbuild';
import { playwrightLauncher } from '@web/test-runner-playwright';
import { fixtureModules } from './test/fixtures/modules.mjs';

const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];
const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

export default {
  files: 'test/*.browser.test.ts',
  rootDir: fileURLToPath(new URL('../..', import.meta.url)),
  port: 4150,
  nodeResolve: true,
  browsers: [playwrightLauncher({ product: 'chromium', launchOptions: { executablePath, args } })],
  plugins: [fixtureModules, esbuildPlugin({ ts: true, target: 'auto' })],
};
