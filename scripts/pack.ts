// `npm run pack`: what a micro frontend in another repository is made with, as tarballs: the contract and the plugin.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import ts from 'typescript';
import { root } from './build.ts';

/** Packages that may be used outside this repository, and the world whose types they see. */
const packages = [
  {
    folder: 'shared-events',
    world: 'tsconfig.browser.json',
    alsoCopied: ['generated/guards.js', 'generated/guards.d.ts'],
  },
  { folder: 'shell/vite-plugin', world: 'tsconfig.node.json', alsoCopied: [] },
] as const;

type Package = (typeof packages)[number];

interface PackageFile {
  readonly name: string;
  readonly exports: Readonly<Record<string, string>>;
  readonly [key: string]: unknown;
}

/**
 * Packs each package as `npm pack` does, compiled to JavaScript with declarations: Node runs no TypeScript in
 * `node_modules`. The sources are left as they are.
 * @param folder where the tarballs go
 * @returns their paths, by the name of the package
 * @throws Error a package does not compile, or publint has something to say about it
 */
export async function packAll(folder: string): Promise<Readonly<Record<string, string>>> {
  mkdirSync(folder, { recursive: true });
  const tarballs: Record<string, string> = {};
  for (const each of packages) {
    const staged = mkdtempSync(join(tmpdir(), 'souk-pack-'));
    try {
      const { name } = stage(each, staged);
      tarballs[name] = npmPack(staged, folder);
      await lint(name, tarballs[name]);
    } finally {
      rmSync(staged, { recursive: true, force: true });
    }
  }
  return tarballs;
}

/** Puts into a folder what is packed: compiled sources, and a `package.json` whose exports lead to them. */
function stage({ folder, world, alsoCopied }: Package, to: string): PackageFile {
  const from = join(root, folder);
  const { private: _, scripts: __, devDependencies: ___, ...source } = readPackage(from);
  compile(from, Object.values(source.exports), world, to);
  for (const path of alsoCopied) cpSync(join(from, path), join(to, path));
  copyFileSync(join(from, 'README.md'), join(to, 'README.md'));
  copyFileSync(join(root, 'LICENSE'), join(to, 'LICENSE'));
  const exports = Object.entries(source.exports).map(([entry, path]) => {
    const built = path.replace(/\.ts$/, '');
    return [entry, { types: `${built}.d.ts`, default: `${built}.js` }];
  });
  const packed = { ...source, exports: Object.fromEntries(exports) as object };
  writeFileSync(join(to, 'package.json'), `${JSON.stringify(packed, null, 2)}\n`);
  return source;
}

const readPackage = (folder: string): PackageFile =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as PackageFile;

/** Compiles the entries and all that they reach; tests are not reached. */
function compile(from: string, entries: readonly string[], world: string, outDir: string): void {
  const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => undefined };
  const { options } = ts.getParsedCommandLineOfConfigFile(join(root, world), {}, host)!;
  const program = ts.createProgram({
    rootNames: entries.map((entry) => join(from, entry)),
    options: {
      ...options,
      ...{ noEmit: false, declaration: true, rewriteRelativeImportExtensions: true },
      ...{ rootDir: from, outDir, configFilePath: undefined },
    },
  });
  const problems = [...ts.getPreEmitDiagnostics(program), ...program.emit().diagnostics];
  if (problems.length > 0) throw new Error(ts.formatDiagnostics(problems, ts.createCompilerHost(options)));
}

function npmPack(from: string, to: string): string {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', to];
  const { status, stdout, stderr } = spawnSync('npm', args, { cwd: from, encoding: 'utf8' });
  if (status !== 0) throw new Error(`npm pack failed: ${stderr}`);
  const file = /"filename": "([^"]+)"/.exec(stdout)?.[1] ?? '';
  // Some versions of npm tell the name with its scope, and write it without.
  const path = join(to, file.replace(/^@/, '').replaceAll('/', '-'));
  if (!existsSync(path)) throw new Error(`npm pack wrote no ${path}`);
  return path;
}

/** publint looks at the tarball itself: at what others will get. */
async function lint(name: string, tarball: string): Promise<void> {
  const { messages, pkg } = await publint({
    pack: { tarball: new Uint8Array(readFileSync(tarball)).buffer },
    strict: true,
  });
  if (messages.length === 0) return;
  throw new Error(`${name}:\n${messages.map((message) => `  ${formatMessage(message, pkg)}`).join('\n')}`);
}

if (import.meta.main && process.env['npm_lifecycle_event'] === 'prepack') {
  console.error('This folder holds TypeScript. Pack it compiled, from the root of the repository: npm run pack');
  process.exitCode = 1;
} else if (import.meta.main) {
  const [to] = process.argv.slice(2);
  const isCheck = to === '--check';
  const folder = isCheck ? mkdtempSync(join(tmpdir(), 'souk-packed-')) : resolve(to ?? join(root, '.cache/packages'));
  try {
    const tarballs = Object.values(await packAll(folder));
    if (!isCheck)
      console.log(`${tarballs.join('\n')}\n\nIn another repository: npm install ${tarballs.join(' ')} vite`);
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  } finally {
    if (isCheck) rmSync(folder, { recursive: true, force: true });
  }
}
