import { defineConfig } from 'vitest/config';

// Against a test that hangs, not a judgement of speed: on two cores that many processes share, any test may wait its turn.
const patience = { testTimeout: 30_000, hookTimeout: 60_000 };
const exclude = ['**/node_modules/**', '**/dist/**', '**/*.browser.test.ts', 'shell/new-mfe/template/**'];

export default defineConfig({
  test: {
    exclude,
    projects: [
      { extends: true, test: { name: 'unit', include: ['**/*.unit.test.ts'], exclude, ...patience } },
      { extends: true, test: { name: 'int', include: ['**/*.int.test.ts'], exclude, ...patience } },
    ],
  },
});
