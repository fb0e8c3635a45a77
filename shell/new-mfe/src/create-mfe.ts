import { globSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { checkFramework, checkName } from './names.ts';

/** What to make, and where. */
export interface NewMfe {
  /** Root of the workspace. */
  readonly root: string;
  readonly name: string;
  readonly framework: string;
}

/**
 * Writes `mfe-<name>/` from the shared template and that of the framework: all of it, or nothing.
 * @returns the paths of its files, relative to the workspace
 * @throws {NewMfeRefused}
 */
export async function createMfe({ root, name, framework }: NewMfe): Promise<readonly string[]> {
  checkName(root, name);
  const files = await filesOf(name, checkFramework(framework));
  // Beside its place, so that renaming it is one step on one disk; no glob of the workspace knows this name.
  const unfinished = await mkdtemp(join(root, `.new-mfe-${name}-`));
  try {
    for (const [path, text] of files) {
      const file = join(unfinished, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, await formatted(root, path, text));
    }
    await rename(unfinished, join(root, `mfe-${name}`));
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
  return [...files.keys()].toSorted().map((path) => `mfe-${name}/${path}`);
}

const templates = join(import.meta.dirname, '../template');

/** Content by path, with the name in the place of `sample`; the framework's own part adds to `package.json`. */
async function filesOf(name: string, framework: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for (const part of ['shared', framework]) {
    const cwd = join(templates, part);
    for (const entry of globSync('**/*', { cwd, withFileTypes: true }).filter((one) => one.isFile())) {
      const file = join(entry.parentPath, entry.name);
      const path = named(file.slice(cwd.length + 1).replaceAll('\\', '/'), name);
      const text = named(await readFile(file, 'utf8'), name);
      const before = files.get(path);
      files.set(path, before === undefined ? text : mergedPackage(before, text));
    }
  }
  return files;
}

/** `sample` and `Sample` of the templates, in the same spelling. */
const named = (text: string, name: string): string =>
  text.replaceAll('sample', name).replaceAll('Sample', name[0]!.toUpperCase() + name.slice(1));

function mergedPackage(before: string, added: string): string {
  const whole = JSON.parse(before) as Record<string, unknown>;
  for (const [key, value] of Object.entries(JSON.parse(added) as Record<string, object>)) {
    const merged = Object.entries({ ...(whole[key] as object), ...value });
    whole[key] = Object.fromEntries(merged.toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
  return JSON.stringify(whole, null, 2);
}

/** Lines break elsewhere with a longer name. */
async function formatted(root: string, path: string, text: string): Promise<string> {
  const filepath = join(root, path);
  const config = await resolveConfig(filepath, { editorconfig: false });
  return format(text, { ...config, filepath });
}
