import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const repository = join(import.meta.dirname, '../..');
const templatePackages = join(repository, 'shell/new-mfe/node_modules');

/** A workspace like this repository, made of links, in which a team can make micro frontends of its own. */
export interface Workspace {
  readonly folder: string;
  /** Makes `mfe-<name>` with the generator, and links its packages as an install would. */
  newMfe(name: string, framework: string): Promise<string>;
  /**
   * Runs a command in a folder of the workspace, with the tools of that folder.
   * @returns what it printed
   * @throws Error with what it printed, when it fails
   */
  run(folder: string, command: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  close(): void;
}

/** Everything but what a shop keeps and what git keeps is a link into this repository. */
export function openWorkspace(): Workspace {
  const folder = mkdtempSync(join(tmpdir(), 'souk-workspace-'));
  const left = ['.git', '.data', '.ci'];
  for (const name of readdirSync(repository).filter((entry) => !left.includes(entry)))
    symlinkSync(join(repository, name), join(folder, name));

  const workspace: Workspace = {
    folder,
    async newMfe(name, framework) {
      const script = join(repository, 'shell/new-mfe/src/main.ts');
      const options = ['--framework', framework, '--workspace', folder, '--no-install'];
      await workspace.run('.', [process.execPath, script, name, ...options]);
      for (const part of ['', 'api', 'backend']) link(join(folder, `mfe-${name}`, part), name);
      return `mfe-${name}`;
    },
    run: (place, command, env = {}) => run(join(folder, place), command, env),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };

  /** The same packages as the templates are pinned to; its own API beside them. */
  function link(place: string, name: string): void {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(place, 'package.json'), 'utf8')) as Packages;
    const own = `@souk/${name}-api`;
    for (const needed of [...Object.keys({ ...dependencies, ...devDependencies }), '.bin']) {
      const from = needed === own ? join(folder, `mfe-${name}`, 'api') : join(templatePackages, needed);
      mkdirSync(join(place, 'node_modules', needed, '..'), { recursive: true });
      symlinkSync(from, join(place, 'node_modules', needed));
    }
  }
  return workspace;
}

interface Packages {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

function run(
  cwd: string,
  [command, ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const path = [join(cwd, 'node_modules/.bin'), join(repository, 'node_modules/.bin'), process.env.PATH].join(':');
  return new Promise((resolve, reject) => {
    const child = spawn(command!, args, { cwd, env: { ...process.env, ...env, PATH: path, NO_COLOR: '1' } });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    child.on('error', reject);
    child.on('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(`${command} ${args.join(' ')} failed\n${output}`)),
    );
  });
}
