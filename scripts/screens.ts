// `npm run screens`: pictures of every page, light and dark, small and large, and from right to left, into `docs/screens/`.
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { buildChanged, root } from './build.ts';
import { findChromium } from './chromium.ts';

console.log(`browser: ${await findChromium()}`);
await buildChanged();
const only = process.argv.slice(2);
const folder = join(root, 'docs/screens');
if (only.length === 0) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const playwright = join(root, 'e2e/node_modules/.bin/playwright');
const { status } = spawnSync(playwright, ['test', '--config', 'screens/screens.config.ts', ...only], {
  cwd: join(root, 'e2e'),
  stdio: 'inherit',
});
process.exit(status ?? 1);
