import { defineConfig } from '@playwright/test';
import { chromiumArgs } from '../scripts/chromium.ts';

const isCi = process.env.CI !== undefined;

/** Journeys through the built shop. Each worker has a shop of its own, see `support/test.ts`. */
export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: isCi,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    actionTimeout: 15_000,
    navigationTimeout: 30_000,
    // Its film of the page costs half a core on a small machine.
    trace: { mode: 'retain-on-failure', screenshots: false },
    locale: 'en-IE',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
      args: [...chromiumArgs],
    },
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium', viewport: { width: 1280, height: 800 } } }],
});
