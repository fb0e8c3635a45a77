import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin, Rolldown, UserConfig, ViteBuilder } from 'vite';
import { describeBuild } from './describe-build.ts';
import { manifestProblems, type BuiltManifest, type Manifest } from './manifest.ts';

/** The manifest contradicts itself; `message` lists every contradiction on a line of its own. */
export class InvalidManifest extends Error {
  readonly code = 'invalid-manifest';
  constructor(name: string, problems: readonly string[]) {
    super(`The manifest of "${name}" is not sound:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'InvalidManifest';
  }
}

/**
 * Builds a micro frontend from its manifest: `dist/client` (hashed ES modules and their `.br` copies),
 * `dist/server/fragment.js` when the manifest names a fragment, and `dist/mfe.json`.
 * Building the same sources twice gives the same bytes. A dev server only gets the compile-time constants.
 *
 * @throws {InvalidManifest} when the manifest contradicts itself.
 */
export const mfe = (manifest: Manifest): Plugin => {
  const problems = manifestProblems(manifest);
  if (problems.length > 0) throw new InvalidManifest(manifest.name, problems);
  return {
    name: 'souk-mfe',
    enforce: 'pre',
    config: (_config, { command }) => (command === 'build' ? buildConfig(manifest) : { define: vueFlags }),
    // Vite wraps each dynamic import in a 1.7 KB helper that preloads style sheets and chunks. There are no style
    // sheets here, and the gateway preloads what a page needs.
    load: (id) => (id === preloadHelper ? 'export const __vitePreload = (load) => load();' : undefined),
  };
};

const preloadHelper = '\0vite/preload-helper.js';

const vueFlags = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
};

const buildConfig = (manifest: Manifest): UserConfig => ({
  // Relative: the same files are served under /assets/<mfe>/… and, for a retry, /assets/retry-<n>/<mfe>/….
  base: './',
  define: { ...vueFlags, 'process.env.NODE_ENV': '"production"' },
  builder: { buildApp: (builder) => buildAll(builder, manifest) },
  environments: {
    client: {
      build: {
        outDir: 'dist/client',
        target: 'es2022',
        copyPublicDir: false,
        modulePreload: false,
        reportCompressedSize: false,
        rolldownOptions: {
          input: { ...manifest.entries },
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
    ...(manifest.fragment === undefined ? {} : { ssr: serverEnvironment(manifest.fragment) }),
  },
});

const serverEnvironment = (fragment: string): NonNullable<UserConfig['environments']>[string] => ({
  // Self-contained: the gateway imports this one file, wherever the version is unpacked.
  resolve: { noExternal: true },
  build: {
    outDir: 'dist/server',
    ssr: true,
    target: 'es2024',
    copyPublicDir: false,
    rolldownOptions: {
      input: { fragment },
      output: { format: 'es', entryFileNames: 'fragment.js', codeSplitting: false },
    },
  },
});

const buildAll = async (builder: ViteBuilder, manifest: Manifest): Promise<void> => {
  const { client, ssr } = builder.environments;
  const { root } = builder.config;
  const output = outputOf(await builder.build(client!));
  if (manifest.fragment !== undefined) await builder.build(ssr!);
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const built = await describeBuild({ dist: join(root, 'dist'), output, hasFragment: manifest.fragment !== undefined });
  const { fragment: _source, ...rest } = manifest;
  const description: BuiltManifest = {
    ...rest,
    ...built,
    version: `${version}-${built.contentHash(manifest)}`,
  };
  await writeFile(join(root, 'dist/mfe.json'), `${JSON.stringify(description, null, 2)}\n`);
};

const outputOf = (result: Awaited<ReturnType<ViteBuilder['build']>>): Rolldown.RolldownOutput => {
  const first = Array.isArray(result) ? result[0] : result;
  if (first === undefined || !('output' in first)) throw new TypeError('A watching build has no single result');
  return first;
};
