import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Build, BuildFile } from '../build-folder.ts';
import { checkManifest } from '../check-manifest.ts';
import type { MfeManifest } from '../manifest.ts';
import { artifactOf, canonicalJson } from './artifacts.ts';
import type { Artifacts } from './artifacts.ts';

/** {@link Artifacts} in a folder, and what a store elsewhere needs of it as its cache. */
export interface FolderArtifacts extends Artifacts {
  /** Writes each file of a build that is there anew. */
  rewrite(build: Build): Promise<void>;
}

/** Builds in a folder of this machine. Creates nothing before the first one comes. */
export const folderArtifacts = (dir: string): FolderArtifacts => {
  const known = new Map<string, MfeManifest>();
  const drafts = join(dir, 'drafts');
  const kept = join(dir, 'artifacts');
  const folder = (artifact: string) => join(kept, artifact);

  /** A folder that nobody else uses, for as long as `work` takes. */
  const withDraft = async <Result>(work: (folder: string) => Promise<Result>): Promise<Result> => {
    const draft = join(drafts, randomUUID());
    try {
      await mkdir(draft, { recursive: true });
      return await work(draft);
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  };

  const manifest = (artifact: string): MfeManifest | undefined => {
    const cached = known.get(artifact);
    if (cached) return cached;
    const path = join(folder(artifact), 'mfe.json');
    const found = existsSync(path) ? readManifest(path) : undefined;
    if (found === undefined || artifactOf(found) !== artifact) return undefined;
    known.set(artifact, found);
    return found;
  };

  return {
    ...{ folder, manifest },
    async add(build) {
      const artifact = artifactOf(build.manifest);
      const target = folder(artifact);
      if (existsSync(target)) return artifact;
      await withDraft(async (draft) => {
        try {
          await Promise.all(filesOf(build).map(({ path, content }) => writeNew(join(draft, path), content)));
          await mkdir(kept, { recursive: true });
          await rename(draft, target);
        } catch (error) {
          if (!existsSync(target)) throw error; // else somebody was faster with the same content
        }
      });
      return artifact;
    },
    async rewrite(build) {
      const target = folder(artifactOf(build.manifest));
      await withDraft(async (draft) => {
        for (const { path, content } of filesOf(build)) {
          await writeNew(join(draft, path), content);
          await mkdir(dirname(join(target, path)), { recursive: true });
          await rename(join(draft, path), join(target, path)); // whoever reads meanwhile gets the one or the other
        }
      });
    },
    bring: (artifact) => Promise.resolve(manifest(artifact) !== undefined),
    renew: () => Promise.resolve(false),
    async prune(isKnown, minAgeMs) {
      const left = [...(await below(drafts)), ...(await below(kept)).filter((path) => !isKnown(basename(path)))];
      for (const path of left) {
        const { mtimeMs } = await stat(path);
        if (minAgeMs === 0 || Date.now() - mtimeMs >= minAgeMs) await rm(path, { recursive: true, force: true });
      }
    },
    close: () => Promise.resolve(),
  };
};

/** Everything that is kept of a build. */
const filesOf = ({ manifest, files }: Build): readonly BuildFile[] => [
  ...files,
  { path: 'mfe.json', content: Buffer.from(canonicalJson(manifest)) },
];

const below = async (folder: string): Promise<readonly string[]> =>
  existsSync(folder) ? (await readdir(folder)).map((name) => join(folder, name)) : [];

const readManifest = (path: string): MfeManifest | undefined => {
  try {
    return checkManifest(JSON.parse(readFileSync(path, 'utf8')), path);
  } catch {
    return undefined;
  }
};

const writeNew = async (path: string, content: Buffer): Promise<void> => {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { flag: 'wx', flush: true });
};
