import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Artifacts } from './artifacts/artifacts.ts';
import { liveVersions } from './domain/rollout.ts';
import type { Deployments, MfeDeployment } from './domain/rollout.ts';
import { DamagedArtifact } from './errors.ts';
import type { MfeManifest } from './manifest.ts';

/** A file on disk that never changes. */
export interface StoredFile {
  /** Absolute path of the bytes. */
  readonly file: string;
  /** Absolute path of their brotli copy, if there is one. */
  readonly brotliFile: string | undefined;
  /** Media type. */
  readonly type: string;
}

/** A version whose build in the store is not what was published. */
export interface DamagedBuild {
  readonly name: string;
  readonly version: string;
}

/** The builds of published versions, as far as they are at hand. All arguments may come from a URL. */
export interface Builds {
  /** The manifest of a version; `undefined` when there is none, or when its files are not at hand. */
  manifest(mfe: string, version: string): MfeManifest | undefined;
  /**
   * A browser file; only what the manifest of its version names.
   * @throws {ArtifactsUnavailable} {@link DamagedArtifact}
   */
  file(mfe: string, version: string, path: string): Promise<StoredFile | undefined>;
  /** Absolute path of the server entry of a version; `undefined` when it has none. @param version the stable one */
  fragment(mfe: string, version?: string): string | undefined;
  /** Puts sound files in the place of those of a version. @returns `false` where there are no others, or none that are sound */
  renew(mfe: string, version: string): Promise<boolean>;
  /** Hears of each build that the store gave back as something else, also of those before. @returns ends it */
  onDamage(listener: (damaged: DamagedBuild) => void): () => void;
}

/** What the registry itself does with them. */
interface OwnBuilds extends Builds {
  /**
   * Has at hand what is live of some micro frontends. One that is damaged, or not there at all, is passed over.
   * @throws {ArtifactsUnavailable}
   */
  bringLive(deployments: readonly MfeDeployment[]): Promise<void>;
}

/** @param deployments what is published, as of now */
export const createBuilds = (artifacts: Artifacts, deployments: () => Deployments): OwnBuilds => {
  const listeners = new Set<(damaged: DamagedBuild) => void>();
  const found: DamagedBuild[] = [];

  const stateOf = (name: string): MfeDeployment | undefined =>
    Object.hasOwn(deployments(), name) ? deployments()[name] : undefined;
  const artifactFor = (name: string, version: string | undefined): string | undefined => {
    const versions = stateOf(name)?.versions ?? {};
    return version !== undefined && Object.hasOwn(versions, version) ? versions[version]?.artifact : undefined;
  };
  /** Tells of damage, whoever finds it. */
  const telling = async <Result>(damaged: DamagedBuild, work: Promise<Result>): Promise<Result> => {
    try {
      return await work;
    } catch (error) {
      if (error instanceof DamagedArtifact) {
        found.push(damaged);
        for (const listener of listeners) listener(damaged);
      }
      throw error;
    }
  };
  const manifest = (name: string, version: string) => {
    const artifact = artifactFor(name, version);
    return artifact === undefined ? undefined : artifacts.manifest(artifact);
  };

  return {
    manifest,
    async bringLive(some) {
      const wanted = some.flatMap((state) =>
        liveVersions(state).map((version) => ({ name: state.name, version, ...state.versions[version] })),
      );
      const brought = wanted.map(async ({ name, version, artifact }) => {
        if (artifact === undefined) return;
        await telling({ name, version }, artifacts.bring(artifact)).catch((error: unknown) => {
          if (!(error instanceof DamagedArtifact)) throw error;
        });
      });
      const failed = (await Promise.allSettled(brought)).find((outcome) => outcome.status === 'rejected');
      if (failed) throw failed.reason;
    },
    async file(name, version, path) {
      const artifact = artifactFor(name, version);
      if (artifact === undefined || !(await telling({ name, version }, artifacts.bring(artifact)))) return undefined;
      const found = artifacts.manifest(artifact)?.files.find((candidate) => candidate.path === path);
      if (!found) return undefined;
      const file = join(artifacts.folder(artifact), 'client', found.path);
      return { file, brotliFile: existsSync(`${file}.br`) ? `${file}.br` : undefined, type: found.type };
    },
    fragment(name, version = stateOf(name)?.stable) {
      const artifact = artifactFor(name, version);
      const path = artifact && artifacts.manifest(artifact)?.fragment?.path;
      return artifact && path && join(artifacts.folder(artifact), path);
    },
    async renew(name, version) {
      const artifact = artifactFor(name, version);
      if (artifact === undefined) return false;
      return telling({ name, version }, artifacts.renew(artifact)).catch(() => false);
    },
    onDamage(listener) {
      listeners.add(listener);
      for (const damaged of found) listener(damaged);
      return () => listeners.delete(listener);
    },
  };
};
