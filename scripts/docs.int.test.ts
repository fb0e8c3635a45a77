import { existsSync, globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const exclude = ['**/node_modules/**', '**/dist/**', '**/test-results/**'];
const documents = globSync('**/*.md', { cwd: root, exclude });
const decisions = globSync('docs/decisions/[0-9]*.md', { cwd: root });

/** Whatever somebody may have written; what builds and runs have made is left out. */
const files = globSync(['**/*.*', '.*.*'], { cwd: root, exclude: [...exclude, '.git/**'] });

describe('decision 0010 names every dependency', () => {
  const named = read('docs/decisions/0010-dependencies.md');
  const packageFiles = globSync(['package.json', '*/package.json', '*/*/package.json'], { cwd: root, exclude });

  it.each(packageFiles)('of %s', (file) => {
    const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read(file)) as Record<
      'dependencies' | 'devDependencies' | 'optionalDependencies',
      Record<string, string> | undefined
    >;
    const all = Object.entries({ ...dependencies, ...devDependencies, ...optionalDependencies });
    const foreign = all.filter(([, version]) => !version.startsWith('workspace:')).map(([name]) => name);
    expect(foreign.filter((name) => !named.includes(`| \`${name}\``))).toEqual([]);
  });

  it('and none that nobody uses', () => {
    const all = packageFiles.map(read).join('\n');
    const rows = [...named.matchAll(/^\| `([^`]+)`/gm)].map(([, name]) => name!);
    expect(rows.length).toBeGreaterThan(30);
    expect(rows.filter((name) => !all.includes(`"${name}":`))).toEqual([]);
  });
});

describe('a decision', () => {
  it.each(decisions)('has the four parts and stands in the list: %s', (file) => {
    const headings = [...read(file).matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Status', 'Context', 'Decision', 'Consequences']);
    expect(read('docs/decisions/README.md')).toContain(`(${file.split('/').at(-1)})`);
  });
});

it.each(documents)('every link of %s leads to a file', (file) => {
  const links = [...read(file).matchAll(/\]\((?!https?:|#|mailto:)([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, path]) => path!);
  expect(links.filter((path) => !existsSync(join(root, dirname(file), path)))).toEqual([]);
});

it.each([
  'docs/architecture.md',
  'docs/data-flow.md',
  'CONTRIBUTING.md',
  ...globSync('docs/discoveries/*.md', { cwd: root }),
])('every file that %s names is there', (document) => {
  const named = [...read(document).matchAll(/`([\w@./-]+\.(?:ts|js|cjs|mjs|json|css|svelte|vue))`/g)]
    .map(([, name]) => name!)
    .filter((name) => !isMade.test(name));
  expect(named.filter((name) => !files.some((file) => `/${file}`.endsWith(`/${name}`)))).toEqual([]);
});

/** Made by a build or at run time. */
const isMade = /(^|\/)(mfe|secrets)\.json$|^dist\/|fragment\.js$/;
