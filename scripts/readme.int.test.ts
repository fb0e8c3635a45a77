import { spawnSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

interface PackageFile {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

const packageFiles = globSync(['package.json', '*/package.json', '*/*/package.json'], {
  cwd: root,
  exclude: ['**/node_modules/**', '**/dist/**'],
});
const packages = new Map(
  packageFiles.map((file) => JSON.parse(read(file)) as PackageFile).map((each) => [each.name, each]),
);
const rootScripts = packages.get('souk')!.scripts!;

const readmes = globSync(['*.md', '*/README.md', '*/*/README.md', 'docs/**/*.md'], {
  cwd: root,
  exclude: ['**/node_modules/**', '**/dist/**'],
});
const commands = readmes.flatMap((file) => commandsIn(read(file)).map((command) => ({ file, command })));

describe('each command in the documents names a script that there is', () => {
  it.each(commands)('$command ($file)', ({ command, file }) => {
    const [, npmScript] = /^npm (?:run )?([\w:-]+)/.exec(command) ?? [];
    const [, packageName, packageScript] = /^pnpm (?:--filter (\S+) )?(?:run )?([\w:-]+)/.exec(command) ?? [];
    if (npmScript !== undefined) expect(rootScripts).toHaveProperty([npmScript]);
    else expect(packages.get(packageName ?? nameAt(dirname(file)))?.scripts).toHaveProperty([String(packageScript)]);
  });

  it('and there are many', () => expect(commands.length).toBeGreaterThan(20));
});

describe('what the documents call by name is there', () => {
  it.each(['bench', 'prove'])('npm run %s -- NAME', (script) => {
    const { status, stderr } = run(script, ['there-is-none']);
    expect({ status, lines: stderr.trim().split('\n').length }).toEqual({ status: 1, lines: 1 });
    const there = stderr.split('there are: ')[1]!.trim().split(', ');
    const named = commands.flatMap(
      ({ command }) => new RegExp(`^npm run ${script} -- ([a-z]+)`).exec(command)?.[1] ?? [],
    );
    expect(named.length).toBeGreaterThan(0);
    expect(there).toEqual(expect.arrayContaining(named));
  });

  it('npm run souk -- COMMAND', () => {
    const { status, stdout } = run('souk', ['help', '--json']);
    const there = (JSON.parse(stdout) as { name: string }[]).map(({ name }) => name);
    const row = read('README.md')
      .split('\n')
      .find((line) => line.includes('npm run souk -- help'))!;
    expect(status).toBe(0);
    for (const name of there) expect(row).toContain(`\`${name}\``);
  });

  it('npm run import -- FILE.csv', () => {
    const { status, stderr } = run('import', ['nowhere.csv']);
    expect({ status, stderr }).toEqual({ status: 1, stderr: '"nowhere.csv" is not there\n' });
  });
});

it('the README names every script of the root', () => {
  const named = commands.filter(({ file }) => file === 'README.md').map(({ command }) => command);
  for (const script of Object.keys(rootScripts)) {
    expect(
      named.some((command) => new RegExp(`^npm (run )?${script}( |$)`).test(command)),
      script,
    ).toBe(true);
  }
});

it('the README names every setting of the shop', () => {
  const spec = /export const settings = \{([\s\S]*?)\n\};/.exec(read('local/src/settings.ts'))![1]!;
  const settings = [...spec.matchAll(/^ {2}([A-Z_]+):/gm)].map(([, name]) => name!);
  expect(settings).toContain('DATA_DIR');
  for (const name of settings) expect(read('README.md')).toContain(`| \`${name}\``);
});

/** `pnpm SCRIPT` in the README of a package means a script of that package. */
function nameAt(folder: string): string {
  return (JSON.parse(read(join(folder, 'package.json'))) as PackageFile).name;
}

/** Lines of code fences and inline code that begin with `npm` or `pnpm`; what says how to get either is no command. */
function commandsIn(text: string): string[] {
  const fenced = [...text.matchAll(/^ *```[a-z]*\n([\s\S]*?)^ *```/gm)].flatMap(([, body]) => body!.split('\n'));
  const inline = [...text.replaceAll(/^ *```[\s\S]*?^ *```/gm, '').matchAll(/`([^`]+)`/g)].map(([, code]) => code!);
  return [...fenced, ...inline].map((line) => line.trim()).filter((line) => /^p?npm [a-z-]/.test(line));
}

/** What `npm run SCRIPT -- ARGS` runs, without the install that comes first. */
function run(script: string, args: readonly string[]) {
  const [, file = '', fixed] = /^node scripts\/run\.mjs (\S+)(?: (.*))?$/.exec(rootScripts[script] ?? '') ?? [];
  const all = [join(root, file), ...(fixed === undefined ? [] : [fixed]), ...args];
  return spawnSync(process.execPath, all, { cwd: root, encoding: 'utf8' });
}
