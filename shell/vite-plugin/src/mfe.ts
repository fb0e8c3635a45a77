import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Plugin, UserConfig, ViteBuilder } from 'vite';
import { builtContract, contractAt, ContractMismatch, unnamedEvents } from './contract.ts';
import type { ContractEntry } from './contract-types.ts';
import { describeBuild } from './describe-build.ts';
import { esModules, outputOf, packageVersion } from './es-modules.ts';
import { manifestProblems, type BuiltManifest, type Manifest } from './manifest.ts';
import { checkWords } from './words.ts';

/** The manifest contradicts itself; `message` lists every contradiction on a line of its own. */
export class InvalidManifest extends Error {
  readonly code = 'invalid-manifest';
  constructor(name: string, problems: readonly string[]) {
    super(`The manifest of "${name}" is not sound:\n${problems.map((problem) => `  ${problem}`).join('\n')}`);
    this.name = 'InvalidManifest';
  }
}

/** What a build needs beside the manifest. */
export interface MfeOptions {
  /** Events of its own that are not in `@souk/shared-events`; a type that is in both means the one given here. */
  readonly events?: readonly ContractEntry[];
}

/**
 * Builds a micro frontend from its manifest: `dist/client` (hashed ES modules and their `.br` copies),
 * `dist/server/fragment.js` when the manifest names a fragment, and `dist/mfe.json`.
 * Building the same sources twice gives the same bytes. A dev server only gets the compile-time constants.
 *
 * @throws {InvalidManifest} when the manifest contradicts itself. The build itself fails with {@link ContractMismatch}
 * when the manifest names an event that there is not, or when the code uses one that the manifest does not name, and with
 * `words-incomplete` when a language of `element/src/words` lacks a text.
 */
export const mfe = (manifest: Manifest, options: MfeOptions = {}): Plugin[] => {
  const problems = manifestProblems(manifest);
  if (problems.length > 0) throw new InvalidManifest(manifest.name, problems);
  return [
    esModules(manifest.entries),
    {
      name: 'souk-mfe',
      configureServer: ({ middlewares }) => {
        // What `souk override` asks: which module of the shop is which file here.
        middlewares.use('/@souk/manifest.json', (_request, response) => {
          const entries = Object.entries(manifest.entries).map(([entry, source]) => [entry, `/${source}`]);
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify({ name: manifest.name, entries: Object.fromEntries(entries) }));
        });
      },
      config: (_config, { command }) => ({
        define: vueFlags,
        ...(command === 'build' ? appConfig(manifest, options) : {}),
      }),
    },
  ];
};

const vueFlags = {
  __VUE_OPTIONS_API__: 'false',
  __VUE_PROD_DEVTOOLS__: 'false',
  __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
};

const appConfig = (manifest: Manifest, options: MfeOptions): UserConfig => ({
  builder: { buildApp: (builder) => buildAll(builder, manifest, options) },
  ...(manifest.fragment !== undefined && { environments: { ssr: serverEnvironment(manifest.fragment) } }),
});

const serverEnvironment = (fragment: string): NonNullable<UserConfig['environments']>[string] => ({
  // Self-contained: the gateway imports this one file, wherever the version is unpacked.
  resolve: { noExternal: true },
  build: {
    outDir: 'dist/server',
    ssr: true,
    target: 'es2024',
    copyPublicDir: false,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { fragment },
      output: { format: 'es', entryFileNames: 'fragment.js', codeSplitting: false },
    },
  },
});

const buildAll = async (builder: ViteBuilder, manifest: Manifest, options: MfeOptions): Promise<void> => {
  const { client, ssr } = builder.environments;
  const { root } = builder.config;
  const { fragment: source, contract: use, ...rest } = manifest;
  await checkWords(manifest.name, root);
  const known = await contractAt(root, options.events);
  const contract = builtContract(manifest.name, use, known);
  const output = outputOf(await builder.build(client!));
  const code = output.output.flatMap((part) => (part.type === 'chunk' ? [part.code] : []));
  const unnamed = unnamedEvents(code, use, known);
  if (unnamed.length > 0) throw new ContractMismatch(manifest.name, unnamed);
  if (source !== undefined) await builder.build(ssr!);
  const { contentHash, ...built } = await describeBuild({
    dist: join(root, 'dist'),
    output,
    hasFragment: source !== undefined,
  });
  const version = `${await packageVersion(root)}-${contentHash({ ...manifest, contract })}`;
  const description: BuiltManifest = { ...rest, contract, version, ...built };
  await writeFile(join(root, 'dist/mfe.json'), `${JSON.stringify(description, null, 2)}\n`);
};
