import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createMfe } from './create-mfe.ts';

// A linter, a compiler and a look for what is unused, on a machine that may be busy with other tests.
vi.setConfig({ testTimeout: 300_000, hookTimeout: 120_000 });

const repository = join(import.meta.dirname, '../../..');
const templatePackages = join(import.meta.dirname, '../node_modules');
const names = ['react', 'svelte'] as const;
let root: string;

beforeAll(async () => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'souk-checks-')));
  copySources();
  for (const name of names) {
    await createMfe({ root, name: `my${name}`, framework: name });
    for (const part of ['', 'api', 'backend']) link(join(root, `mfe-my${name}`, part), `my${name}`);
  }
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** The repository without what is made; its packages are links to those that are installed. */
function copySources(): void {
  // What other tests write meanwhile must not vanish from under the copy.
  const made = ['dist', '.git', '.data', '.cache', '.ci', 'coverage', 'fixture', 'test-results', 'playwright-report'];
  const installed: string[] = [];
  cpSync(repository, root, {
    recursive: true,
    filter(source) {
      const name = basename(source);
      if (name === 'node_modules') installed.push(relative(repository, source));
      return name !== 'node_modules' && !made.includes(name) && !/\.(webp|csv|png)$/.test(name);
    },
  });
  for (const path of installed) symlinkSync(join(repository, path), join(root, path));
}

/** As an install would: the packages that the templates are pinned to, and of ours those of this copy. */
function link(place: string, name: string): void {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as Packages;
  for (const needed of [...Object.keys({ ...dependencies, ...devDependencies }), '.bin']) {
    mkdirSync(join(place, 'node_modules', needed, '..'), { recursive: true });
    const installed = join(templatePackages, needed);
    const own = needed === `@souk/${name}-api` ? `mfe-${name}/api` : ownFolder(needed, installed);
    symlinkSync(own === undefined ? installed : join(root, own), join(place, 'node_modules', needed));
  }
}

const ownFolder = (needed: string, installed: string): string | undefined =>
  needed.startsWith('@souk/') ? relative(realpathSync(repository), realpathSync(installed)) : undefined;

interface Packages {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const run = (cwd: string, command: string, ...args: string[]): Promise<{ code: number | null; output: string }> => {
  const path = [join(cwd, 'node_modules/.bin'), join(repository, 'node_modules/.bin'), process.env['PATH']].join(':');
  const child = spawn(command, args, { cwd, env: { ...process.env, PATH: path, NO_COLOR: '1' } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += String(text)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
};
const passes = async (cwd: string, command: string, ...args: string[]) => {
  const { code, output } = await run(cwd, command, ...args);
  expect(code, output).toBe(0);
};
const folders = names.map((name) => `mfe-my${name}`);

// The format is looked at beside the generator itself, for all frameworks.
it.each(folders)('%s has nothing to mend as it is generated: types, lint, unused code', async (folder) => {
  const { scripts } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Scripts;
  const [checker = '', ...args] = scripts.check.split(' ');
  await passes(join(root, folder), checker, ...args);
  await passes(root, 'oxlint', '--quiet', folder);
  await passes(root, 'knip', '--no-progress', '--no-config-hints', '--workspace', folder);
});

it('they keep the import rules as they are generated', () =>
  passes(root, 'depcruise', '--config', '.dependency-cruiser.cjs', '--output-type', 'err', ...folders));

interface Scripts {
  readonly scripts: Readonly<Record<'check', string>>;
}
