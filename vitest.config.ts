import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', '**/*.browser.test.ts', 'shell/new-mfe/template/**'];

export default defineConfig({
  test: {
    exclude,
    projects: [
      { extends: true, test: { name: 'unit', include: ['**/*.unit.test.ts'], exclude } },
      { extends: true, test: { name: 'int', include: ['**/*.int.test.ts'], exclude, testTimeout: 20_000 } },
    ],
  },
});
