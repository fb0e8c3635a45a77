import { defineConfig } from '@playwright/test';
import journeys from '../playwright.config.ts';

/** Pictures of every page into `docs/screens/`, by `npm run screens`. */
export default defineConfig(journeys, {
  testDir: '.',
  testMatch: '*.screens.ts',
  outputDir: '../test-results',
  workers: 1,
});
