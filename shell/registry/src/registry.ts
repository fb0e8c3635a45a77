import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { EventChannel } from '@souk/event-channel';
import { folderArtifacts } from './artifacts.ts';
import { readBuild } from './build-folder.ts';
import { followDeployments } from './deployment-log.ts';
import type { DeploymentLog } from './deployment-log.ts';
import { decideDeployment, evolveDeployment } from './domain/rollout.ts';
import type { DeploymentCommand, DeploymentFact, MfeDeployment } from './domain/rollout.ts';
import { discoveryDocument } from './frontends.ts';
import type { FrontendDiscovery } from './frontends.ts';
import type { MfeManifest } from './manifest.ts';

/** What became of a build folder. */
export interface Published {
  readonly manifest: MfeManifest;
  /** `false` when this very version was live already, or when what a team has deployed stays in its place. */
  readonly changed: boolean;
}

/** A file on disk that never changes. */
export interface StoredFile {
  /** Absolute path of the bytes. */
  readonly file: string;
  /** Absolute path of their brotli copy, if there is one. */
  readonly brotliFile: string | undefined;
  /** Media type. */
  readonly type: string;
}

/** Knows which versions of which micro frontends exist and who gets which. */
export interface Registry extends Pick<DeploymentLog, 'deployments' | 'position' | 'onChange' | 'asOf'> {
  /**
   * Checks a build folder of this machine, keeps its content and makes it the stable version, unless a team has
   * deployed another. Publishing an older version again makes that one stable; publishing the stable one does nothing.
   * @throws {InvalidManifest}
   * @throws {WrongContent}
   * @throws {VersionTaken}
   */
  publish(folder: string): Promise<Published>;
  /**
   * Changes who gets which version.
   * @throws {DeploymentRefused}
   */
  change(name: string, command: Exclude<DeploymentCommand, { readonly kind: 'publish' }>): Promise<MfeDeployment>;
  /** Manifests of the stable versions, by name. */
  live(): readonly MfeManifest[];
  /** The manifest of any published version; `undefined` when there is none, or when its files were lost. */
  manifest(mfe: string, version: string): MfeManifest | undefined;
  /** A browser file of any published version; only what its manifest names. All arguments may come from a URL. */
  file(mfe: string, version: string, path: string): StoredFile | undefined;
  /** Absolute path of the server entry of a version; `undefined` when it has none. @param version the stable one */
  fragment(mfe: string, version?: string): string | undefined;
  /** Discovery document of what is live. @param base origin that is put before each address; none by default */
  frontends(base?: string): FrontendDiscovery;
  /** Follows the log no more. */
  close(): Promise<void>;
}

export interface RegistryOptions {
  readonly channel: EventChannel;
  /** Folder of the artifacts: `<dataDir>/registry`. */
  readonly dir: string;
  /** @default the system's */
  readonly clock?: () => Date;
}

/** Who publishes when the shop starts with builds of its own. */
const localPublisher = 'local';

/** Opens the registry and reads from the log what is deployed. */
export const createRegistry = async (options: RegistryOptions): Promise<Registry> => {
  const { channel, dir, clock = () => new Date() } = options;
  const artifacts = folderArtifacts(dir);
  const log = await followDeployments(channel, clock);
  const known = new Set(Object.values(log.deployments()).flatMap(artifactsOf));
  await artifacts.prune((artifact) => known.has(artifact));

  const stateOf = (name: string): MfeDeployment | undefined =>
    Object.hasOwn(log.deployments(), name) ? log.deployments()[name] : undefined;
  const artifactFor = (name: string, version: string): string | undefined => {
    const versions = stateOf(name)?.versions ?? {};
    return Object.hasOwn(versions, version) ? versions[version]?.artifact : undefined;
  };
  const manifest = (name: string, version: string) => {
    const artifact = artifactFor(name, version);
    return artifact === undefined ? undefined : artifacts.manifest(artifact);
  };
  const live = (): readonly MfeManifest[] =>
    Object.values(log.deployments())
      .flatMap(({ name, stable }) => (stable === undefined ? [] : (manifest(name, stable) ?? [])))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));

  return {
    ...{ deployments: log.deployments, position: log.position, onChange: log.onChange, asOf: log.asOf },
    ...{ live, manifest, close: log.close },
    async publish(folder) {
      const build = await readBuild(folder);
      const { name, version } = build.manifest;
      const artifact = await artifacts.add(build);
      const before = stateOf(name)?.stable;
      const state = await log.change(name, (current) => {
        const by = localPublisher;
        const published = decideDeployment({ kind: 'publish', version, artifact, by }, current);
        if (!isLocal(current)) return published;
        const next = published.reduce((state, fact) => evolveDeployment(state, dated(fact, clock())), current);
        return [...published, ...decideDeployment({ kind: 'promote', version, by }, next)];
      });
      return { manifest: build.manifest, changed: state.stable === version && before !== version };
    },
    change: (name, command) => log.change(name, (state) => decideDeployment(command, state)),
    file(mfe, version, path) {
      const artifact = artifactFor(mfe, version);
      const found = artifact && artifacts.manifest(artifact)?.files.find((candidate) => candidate.path === path);
      if (!artifact || !found) return undefined;
      const file = join(artifacts.folder(artifact), 'client', found.path);
      return { file, brotliFile: existsSync(`${file}.br`) ? `${file}.br` : undefined, type: found.type };
    },
    fragment(mfe, version = stateOf(mfe)?.stable) {
      const artifact = version === undefined ? undefined : artifactFor(mfe, version);
      const path = artifact && artifacts.manifest(artifact)?.fragment?.path;
      return artifact && path && join(artifacts.folder(artifact), path);
    },
    frontends: (base = '') => discoveryDocument(live(), base),
  };
};

const artifactsOf = ({ versions }: MfeDeployment): readonly string[] =>
  Object.values(versions).flatMap(({ artifact }) => artifact ?? []);

/** Whether the start of the shop may replace what is live: nothing, or what another start has put there. */
const isLocal = ({ stable, canary, versions }: MfeDeployment): boolean =>
  canary === undefined && (stable === undefined || versions[stable]?.by === localPublisher);

const dated = (fact: DeploymentFact, time: Date) => ({ ...fact, time: time.toISOString() });
