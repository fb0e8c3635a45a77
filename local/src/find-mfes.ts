import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Backend, BackendOptions } from '@souk/service-kit';
import type { BackendPlan } from './backends.ts';

/** The root of this repository. */
export const repository = fileURLToPath(new URL('../..', import.meta.url));

/**
 * Folders of the micro frontends of a workspace, relative to it: whatever has a manifest, those of the shell included.
 * Nobody keeps a list: a team that adds a folder edits nothing else.
 */
export const findMfes = (workspace: string = repository): readonly string[] =>
  [...readdirSync(workspace), ...readdirSync(join(workspace, 'shell')).map((name) => `shell/${name}`)]
    .filter((folder) => /^(mfe-|shell[/])/.test(folder) && folder !== 'shell/page')
    .filter((folder) => existsSync(join(workspace, folder, 'manifest.ts')))
    .toSorted();

/** The backends of a workspace that are not known already: `reviews` for `mfe-reviews/backend/`. */
export const findBackends = (workspace: string, known: readonly BackendPlan[]): readonly BackendPlan[] =>
  readdirSync(workspace)
    .flatMap((folder) => /^mfe-(.+)$/.exec(folder)?.[1] ?? [])
    .filter((name) => known.every((plan) => plan.name !== name))
    .toSorted()
    .flatMap((name) => findBackend(workspace, name) ?? []);

/**
 * How the backend of `mfe-<name>/backend` is brought up: its package exports `createBackend(options)`.
 * @returns `undefined` when there is no such folder
 */
export const findBackend = (workspace: string, name: string): BackendPlan | undefined => {
  const folder = join(workspace, `mfe-${name}`, 'backend');
  const packageFile = join(folder, 'package.json');
  if (!existsSync(packageFile)) return undefined;
  return {
    name,
    async create(options) {
      const { exports } = JSON.parse(readFileSync(packageFile, 'utf8')) as { exports?: { '.'?: string } };
      const module = (await import(pathToFileURL(join(folder, exports?.['.'] ?? 'src/index.ts')).href)) as {
        createBackend?: (options: BackendOptions) => Promise<Backend>;
      };
      if (!module.createBackend) throw new TypeError(`mfe-${name}/backend exports no createBackend`);
      return module.createBackend(options);
    },
  };
};
