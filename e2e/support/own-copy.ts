import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { basename, join } from 'node:path';

const repository = join(import.meta.dirname, '../..');
const left = new Set(['node_modules', 'dist']);

/** Puts a folder of its own in the place of a link of a workspace, so that its sources can be changed. @returns the folder */
export function ownCopy(workspace: string, name: string): string {
  const place = join(workspace, name);
  const original = join(repository, name);
  rmSync(place, { force: true });
  mkdirSync(place);
  cpSync(original, place, { recursive: true, filter: (source) => !left.has(basename(source)) });
  symlinkSync(join(original, 'node_modules'), join(place, 'node_modules'));
  return place;
}
