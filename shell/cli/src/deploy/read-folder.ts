import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Build } from '@souk/shell-registry/build';
import { CommandFailed } from '../errors.ts';

/**
 * The build of a micro frontend, every byte checked as the registry checks it.
 * @param folder its package, or its `dist`
 * @throws {CommandFailed}
 */
export async function readFolder(folder: string): Promise<Build> {
  const dist = [join(folder, 'dist'), folder]
    .map((path) => resolve(path))
    .find((path) => existsSync(join(path, 'mfe.json')));
  if (dist === undefined) {
    throw new CommandFailed(
      `there is no build in "${folder}" (no dist/mfe.json); build it first, such as by "vite build"`,
    );
  }
  // Loaded only where it is used: it brings the registry with it, which no other command needs.
  const { readBuild } = await import('@souk/shell-registry/build');
  try {
    return await readBuild(dist);
  } catch (cause) {
    throw new CommandFailed(`${(cause as Error).message}; build it again`, { cause });
  }
}
