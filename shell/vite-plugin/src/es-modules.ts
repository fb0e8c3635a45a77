import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin, Rolldown, ViteBuilder } from 'vite';

/**
 * Builds sources to minified ES modules with hashed names in `dist/client`, one entry per key of `input`.
 * Chunks import each other by relative paths, so the files work under any address.
 */
export const esModules = (input: Readonly<Record<string, string>>): Plugin => ({
  name: 'souk-es-modules',
  enforce: 'pre',
  apply: 'build',
  config: () => ({
    base: './',
    define: { 'process.env.NODE_ENV': '"production"' },
    environments: {
      client: {
        build: {
          outDir: 'dist/client',
          target: 'es2022',
          copyPublicDir: false,
          modulePreload: false,
          reportCompressedSize: false,
          rolldownOptions: {
            input: { ...input },
            // An entry's exports must survive, or the module that the import map names would be empty.
            preserveEntrySignatures: 'strict',
            output: {
              format: 'es',
              entryFileNames: '[name]-[hash].js',
              chunkFileNames: '[name]-[hash].js',
              assetFileNames: '[name]-[hash][extname]',
            },
          },
        },
      },
    },
  }),
  // Vite wraps each dynamic import in a 1.7 KB helper that preloads style sheets and chunks. There are no style
  // sheets here, and the gateway preloads what a page needs.
  load: (id) => (id === preloadHelper ? 'export const __vitePreload = (load) => load();' : undefined),
});

const preloadHelper = '\0vite/preload-helper.js';

/** The one result of `builder.build()`. */
export const outputOf = (result: Awaited<ReturnType<ViteBuilder['build']>>): Rolldown.RolldownOutput => {
  const first = Array.isArray(result) ? result[0] : result;
  if (first === undefined || !('output' in first)) throw new TypeError('A watching build has no single result');
  return first;
};

/** The version in the `package.json` of a folder. */
export const packageVersion = async (root: string): Promise<string> => {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  return version;
};
