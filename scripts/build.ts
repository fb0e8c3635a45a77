import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findMfes } from '../local/src/find-mfes.ts';

/** Root of the repository. */
export const root = join(import.meta.dirname, '..');

/** What the browser is served from: the shell's page and one folder per micro frontend. */
export const browserPackages: readonly string[] = ['shell/page', ...findMfes(root)];

/** Folders whose sources end up in a browser bundle, whichever package is built. */
const sharedSources = [
  'shared-events/src/browser',
  'shared-events/generated',
  'shell/vite-plugin/src',
  'pnpm-lock.yaml',
];

/**
 * Builds every browser package whose sources have changed since its last build, each by its own `build` script.
 * @returns the names of those that were built
 * @throws Error with the output of a build that failed
 */
export async function buildChanged(log: (line: string) => void = console.log): Promise<string[]> {
  const stale = browserPackages
    .map((folder) => ({ folder, hash: hashSources(folder), stamp: join(root, folder, 'dist/.sources') }))
    .filter(({ hash, stamp }) => !existsSync(stamp) || readFileSync(stamp, 'utf8') !== hash);
  await Promise.all(
    stale.map(async ({ folder, hash, stamp }) => {
      log(`building ${folder} …`);
      await runScript(folder, 'build');
      mkdirSync(dirname(stamp), { recursive: true });
      writeFileSync(stamp, hash);
    }),
  );
  return stale.map(({ folder }) => folder);
}

function hashSources(folder: string): string {
  const name = /^mfe-(.+)$/.exec(folder)?.[1];
  const own = name
    ? [`${folder}/element`, `${folder}/events`, `${folder}/api/src`, `${folder}/manifest.ts`, `${folder}/*.config.*`]
    : [folder];
  const hash = createHash('sha256');
  for (const pattern of [...own, ...sharedSources].flatMap((path) => [path, `${path}/**/*`]))
    for (const file of globSync(pattern, { cwd: root, withFileTypes: true, exclude: isNoSource }).toSorted(byPath))
      if (file.isFile()) hash.update(file.name).update(readFileSync(join(file.parentPath, file.name)));
  return hash.digest('hex');
}

function isNoSource(entry: { name: string }): boolean {
  return ['node_modules', 'dist', 'test', 'playground'].includes(entry.name) || entry.name.includes('.test.');
}

function byPath(a: { parentPath: string; name: string }, b: { parentPath: string; name: string }): number {
  return join(a.parentPath, a.name) < join(b.parentPath, b.name) ? -1 : 1;
}

/** The package's own script with the package's own tools, without asking a package manager. */
function runScript(folder: string, script: string): Promise<void> {
  const { scripts } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
  const path = [join(root, folder, 'node_modules/.bin'), process.env.PATH].join(':');
  return new Promise((resolve, reject) => {
    const child = spawn(scripts[script], { cwd: join(root, folder), shell: true, env: { ...process.env, PATH: path } });
    let output = '';
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${folder}: "${scripts[script]}" failed\n${output}`)),
    );
  });
}
