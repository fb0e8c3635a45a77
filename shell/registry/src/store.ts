import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Build } from './build-folder.ts';
import { checkManifest } from './check-manifest.ts';
import type { MfeManifest } from './manifest.ts';

/** Versions on disk, one folder each, never changed after they appear. */
export interface VersionStore {
  /** Keeps a build; `false` when this version is there already. Whole or not at all, also over a crash. */
  add(build: Build): Promise<boolean>;
  /** The manifest of a stored version; `undefined` when there is none. */
  manifest(mfe: string, version: string): MfeManifest | undefined;
  /** Folder of a stored version. */
  folder(mfe: string, version: string): string;
}

/** Opens the store below `dir`; creates nothing before the first version comes. */
export const versionStore = (dir: string): VersionStore => {
  const known = new Map<string, MfeManifest>();
  const folder = (mfe: string, version: string) => join(dir, mfe, version);

  return {
    folder,
    async add({ manifest, files }) {
      const target = folder(manifest.name, manifest.version);
      if (existsSync(target)) return false;
      const draft = join(dir, '.drafts', randomUUID());
      try {
        for (const { path, content } of files) await writeNew(join(draft, path), content);
        await writeNew(join(draft, 'mfe.json'), JSON.stringify(manifest));
        await mkdir(dirname(target), { recursive: true });
        await rename(draft, target);
        return true;
      } catch (error) {
        if (existsSync(target)) return false; // somebody else was faster with the same version
        throw error;
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
    },
    manifest(mfe, version) {
      // Both come from URLs: what does not look like a name and a version never reaches the file system.
      if (!/^[a-z][a-z0-9]*$/.test(mfe) || !/^[0-9A-Za-z][0-9A-Za-z.-]*$/.test(version)) return undefined;
      const key = `${mfe}/${version}`;
      const kept = known.get(key);
      if (kept) return kept;
      const path = join(folder(mfe, version), 'mfe.json');
      if (!existsSync(path)) return undefined;
      const manifest = checkManifest(JSON.parse(readFileSync(path, 'utf8')), path);
      known.set(key, manifest);
      return manifest;
    },
  };
};

const writeNew = async (path: string, content: string | Buffer): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { flag: 'wx' });
};
