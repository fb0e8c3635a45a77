import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { check, resolveConfig } from 'prettier';
import { afterEach, describe, expect, it } from 'vitest';
import { createMfe } from './create-mfe.ts';
import { frameworks } from './names.ts';

const repository = join(import.meta.dirname, '../../..');
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** An empty workspace with the repository's habits of writing. */
function workspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'souk-new-mfe-'));
  folders.push(root);
  symlinkSync(join(repository, 'node_modules'), join(root, 'node_modules'));
  writeFileSync(join(root, '.prettierrc.json'), readFileSync(join(repository, '.prettierrc.json')));
  return root;
}

const newMfe = (root: string, name: string, framework = 'vanilla') => createMfe({ root, name, framework });
const written = (root: string) => readdirSync(root).filter((name) => name.includes('mfe-'));
const json = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string>>;

describe.each(frameworks)('a micro frontend in %s', (framework) => {
  it('is written whole, under its own name everywhere, and as prettier would have it', async () => {
    const root = workspace();
    const files = await newMfe(root, 'opinions', framework);
    for (const part of ['manifest.ts', 'README.md', 'api/', 'backend/', 'element/', 'events/', 'playground/'])
      expect(files.some((file) => file.startsWith(`mfe-opinions/${part}`))).toBe(true);
    for (const file of files) {
      const text = readFileSync(join(root, file), 'utf8');
      expect(`${file}\n${text}`).not.toMatch(/sample/i);
      const filepath = join(root, file);
      expect(await check(text, { ...(await resolveConfig(filepath)), filepath }), file).toBe(true);
    }
    const config = readFileSync(join(root, 'mfe-opinions/vite.config.ts'), 'utf8');
    expect(config.trim().split('\n').length).toBeLessThan(15);
  });

  it('takes the versions that the lockfile pins', async () => {
    const root = workspace();
    await newMfe(root, 'opinions', framework);
    const pinned = json(join(import.meta.dirname, '../package.json'));
    const known = { ...pinned['dependencies'], ...pinned['devDependencies'] };
    for (const part of ['', 'api', 'backend']) {
      const { dependencies, devDependencies } = json(join(root, 'mfe-opinions', part, 'package.json'));
      const wanted = Object.entries({ ...dependencies, ...devDependencies });
      for (const [name, version] of wanted.filter(([name]) => name !== '@souk/opinions-api'))
        expect(`${name} ${version}`).toBe(`${name} ${known[name]}`);
    }
  });
});

describe('what cannot be made is refused, and nothing is written', () => {
  it.each(['Reviews', 're-views', 'reviews2', 'r', '../x', 'shell', 'sample', 'a'.repeat(21)])(
    'name "%s"',
    async (name) => {
      const root = workspace();
      await expect(newMfe(root, name)).rejects.toMatchObject({ code: 'bad-name' });
      expect(written(root)).toEqual([]);
    },
  );

  it('a name whose folder is there', async () => {
    const root = workspace();
    mkdirSync(join(root, 'mfe-taken'));
    await expect(newMfe(root, 'taken')).rejects.toMatchObject({ code: 'name-taken' });
    expect(readdirSync(join(root, 'mfe-taken'))).toEqual([]);
  });

  it('a framework that nobody wrote a template for', async () => {
    const root = workspace();
    await expect(newMfe(root, 'reviews', 'jquery')).rejects.toThrow(/no template for "jquery".*lit\|preact\|react/);
    expect(written(root)).toEqual([]);
  });

  it('when it fails half-way', async () => {
    const root = workspace();
    // Read for each file that is written: the first ones get through no more than the last.
    writeFileSync(
      join(root, '.prettierrc.json'),
      '{ "overrides": [{ "files": "*.css", "options": { "parser": "none" } }] }',
    );
    await expect(newMfe(root, 'reviews')).rejects.toThrow(/parser/);
    expect(written(root)).toEqual([]);
  });
});

describe('on the command line', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [join(import.meta.dirname, 'main.ts'), ...args], { encoding: 'utf8' });

  it('says how it is used', () => {
    expect(run('--help')).toMatchObject({ status: 0, stdout: expect.stringContaining('--framework FRAMEWORK') });
    expect(run()).toMatchObject({ status: 1, stdout: expect.stringContaining('--framework FRAMEWORK') });
  });

  it('says in one line why not', () => {
    const { status, stderr } = run('cart', '--framework', 'lit');
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'mfe-cart is there already; take another name, or delete that folder\n',
    });
    expect(run('reviews', '--frame', 'lit').stderr).toMatch(/^Unknown option '--frame'/);
  });

  it('installs with the same pnpm as everything else', () => {
    const pinned = /'(pnpm@[\d.]+)'/;
    const inScript = pinned.exec(readFileSync(join(repository, 'scripts/run.mjs'), 'utf8'))?.[1];
    expect(pinned.exec(readFileSync(join(import.meta.dirname, 'main.ts'), 'utf8'))?.[1]).toBe(inScript);
  });
});
