import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Build } from './build-folder.ts';
import { checkManifest } from './check-manifest.ts';
import type { MfeManifest } from './manifest.ts';

/** Builds on disk, one folder each, named by their content and never changed after they appear. */
export interface Artifacts {
  /** Keeps a build, whole or not at all, also over a crash. @returns its name */
  add(build: Build): Promise<string>;
  /** The manifest of a kept build; `undefined` when there is none, or none that today's registry can read. */
  manifest(artifact: string): MfeManifest | undefined;
  /** Folder of a kept build. */
  folder(artifact: string): string;
  /**
   * Deletes what is half written, and builds that nobody knows: left over from a process that died.
   * @param minAgeMs younger ones may be those of another process that is busy with them, in milliseconds
   */
  prune(isKnown: (artifact: string) => boolean, minAgeMs: number): Promise<void>;
}

/** Name of a build: SHA-256 (hex) of its canonical manifest, which holds the hash of every file. */
export const artifactOf = (manifest: MfeManifest): string =>
  createHash('sha256').update(canonicalJson(manifest)).digest('hex');

/** Opens the store below `dir`; creates nothing before the first build comes. */
export const folderArtifacts = (dir: string): Artifacts => {
  const known = new Map<string, MfeManifest>();
  const drafts = join(dir, 'drafts');
  const kept = join(dir, 'artifacts');
  const folder = (artifact: string) => join(kept, artifact);

  return {
    folder,
    async add({ manifest, files }) {
      const artifact = artifactOf(manifest);
      const target = folder(artifact);
      if (existsSync(target)) return artifact;
      const draft = join(drafts, randomUUID());
      try {
        await Promise.all(files.map(({ path, content }) => writeNew(join(draft, path), content)));
        await writeNew(join(draft, 'mfe.json'), canonicalJson(manifest));
        await mkdir(kept, { recursive: true });
        await rename(draft, target);
      } catch (error) {
        if (!existsSync(target)) throw error; // else somebody was faster with the same content
      } finally {
        await rm(draft, { recursive: true, force: true });
      }
      return artifact;
    },
    manifest(artifact) {
      const cached = known.get(artifact);
      if (cached) return cached;
      const path = join(folder(artifact), 'mfe.json');
      const manifest = existsSync(path) ? readManifest(path) : undefined;
      if (manifest === undefined || artifactOf(manifest) !== artifact) return undefined;
      known.set(artifact, manifest);
      return manifest;
    },
    async prune(isKnown, minAgeMs) {
      const left = [...(await below(drafts)), ...(await below(kept)).filter((path) => !isKnown(basename(path)))];
      for (const path of left) {
        const { mtimeMs } = await stat(path);
        if (minAgeMs === 0 || Date.now() - mtimeMs >= minAgeMs) await rm(path, { recursive: true, force: true });
      }
    },
  };
};

const below = async (folder: string): Promise<readonly string[]> =>
  existsSync(folder) ? (await readdir(folder)).map((name) => join(folder, name)) : [];

const readManifest = (path: string): MfeManifest | undefined => {
  try {
    return checkManifest(JSON.parse(readFileSync(path, 'utf8')), path);
  } catch {
    return undefined;
  }
};

/** JSON with the members of each object in the order of their names. */
const canonicalJson = (value: unknown): string => JSON.stringify(value, sortMembers);

const sortMembers = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const writeNew = async (path: string, content: string | Buffer): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { flag: 'wx', flush: true });
};
