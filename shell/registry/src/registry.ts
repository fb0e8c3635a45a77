import type { Readable } from 'node:stream';
import type { EventChannel } from '@souk/event-channel';
import type { Artifacts } from './artifacts/artifacts.ts';
import { folderArtifacts } from './artifacts/folder-artifacts.ts';
import { readBuild } from './build-folder.ts';
import type { Build } from './build-folder.ts';
import { createBuilds } from './builds.ts';
import type { Builds } from './builds.ts';
import { contractDocument, guardContract } from './deployment-gate.ts';
import { followDeployments } from './deployment-log.ts';
import type { DeploymentLog } from './deployment-log.ts';
import { decideDeployment, evolveDeployment, isLocal, localPublisher } from './domain/rollout.ts';
import type { DeploymentCommand, DeploymentFact, MfeDeployment } from './domain/rollout.ts';
import { UploadRefused } from './errors.ts';
import { discoveryDocument } from './frontends.ts';
import type { FrontendDiscovery } from './frontends.ts';
import type { ContractDocument, LiveParticipant } from './gate/contract-document.ts';
import type { MfeManifest } from './manifest.ts';
import { defaultUploadLimits, receiveBuild } from './receive.ts';
import type { UploadLimits } from './receive.ts';

/** What became of a build folder. */
export interface Published {
  readonly manifest: MfeManifest;
  /** `false` when this very version was live already, or when what a team has deployed stays in its place. */
  readonly changed: boolean;
}

/** What an upload is to become. */
export interface Deploy {
  readonly name: string;
  readonly version: string;
  /** The team, or the session of the staff. */
  readonly by: string;
  /** Sessions that get it: 100 makes it the stable version, 1 to 99 a canary, 0 only stores it. Percent. */
  readonly percent: number;
}

/** What became of an upload. */
export interface Deployed {
  readonly manifest: MfeManifest;
  readonly deployment: MfeDeployment;
  /** `false` when this version, with this content, was in the registry already. */
  readonly isNew: boolean;
}

/** Knows which versions of which micro frontends exist and who gets which. */
export interface Registry
  extends Builds, Pick<DeploymentLog, 'deployments' | 'position' | 'onChange' | 'asOf' | 'replay' | 'refuse'> {
  /**
   * Checks a build folder of this machine, keeps its content and makes it the stable version, unless a team has
   * deployed another. Publishing an older version again makes that one stable; publishing the stable one does nothing.
   * It must fit what teams have deployed; what was published from here is about to be replaced as well.
   * @throws {InvalidManifest} {@link WrongContent} {@link VersionTaken} {@link ContractBroken}
   */
  publish(folder: string): Promise<Published>;
  /**
   * Takes a build as a stream of `tar.gz`, checks every byte, and makes of it what `deploy` says: all of it, or nothing.
   * @throws {UploadRefused} {@link InvalidManifest} {@link WrongContent} {@link VersionTaken}
   * @throws {DeploymentRefused} {@link ContractBroken}
   */
  receive(upload: Readable, deploy: Deploy): Promise<Deployed>;
  /**
   * Changes who gets which version.
   * @throws {DeploymentRefused}
   * @throws {ContractBroken} never for the end of a canary, for a block, or for a rollback with `force`
   */
  change(name: string, command: Exclude<DeploymentCommand, { readonly kind: 'publish' }>): Promise<MfeDeployment>;
  /** Everybody who sends or takes events on some page right now. */
  contract(): ContractDocument;
  /** Manifests of the stable versions, by name. */
  live(): readonly MfeManifest[];
  /** Discovery document of what is live. @param base origin that is put before each address; none by default */
  frontends(base?: string): FrontendDiscovery;
  /** Follows the log no more. */
  close(): Promise<void>;
}

export interface RegistryOptions {
  readonly channel: EventChannel;
  /** Folder of uploads that are being looked at, and of the artifacts where there is no other store: `<dataDir>/registry`. */
  readonly dir: string;
  /** Where builds are kept. @default in `dir` */
  readonly artifacts?: Artifacts | undefined;
  /** What the shell itself sends and takes; without it nothing is compared with the shell. */
  readonly shell?: LiveParticipant | undefined;
  readonly limits?: Partial<UploadLimits>;
  /** @default the system's */
  readonly clock?: () => Date;
}

/** Opens the registry and reads from the log what is deployed. */
export const createRegistry = async (options: RegistryOptions): Promise<Registry> => {
  const { channel, dir, shell, clock = () => new Date() } = options;
  const limits = { ...defaultUploadLimits, ...options.limits };
  const { artifacts = folderArtifacts(dir) } = options;
  const builds: ReturnType<typeof createBuilds> = createBuilds(artifacts, () => log.deployments());
  // What goes live is at hand before it does, so that the next page view has it.
  const prepare = (next: MfeDeployment) => builds.bringLive([next]);
  const log = await followDeployments({ channel, clock, prepare });
  const known = new Set(Object.values(log.deployments()).flatMap(artifactsOf));
  // Where several processes share the folder, what is young may be what another one is busy with.
  const minAgeMs = channel.capabilities.adapter === 'nats' ? 3_600_000 : 0;
  await artifacts.prune((artifact) => known.has(artifact), minAgeMs);

  const stateOf = (name: string): MfeDeployment | undefined =>
    Object.hasOwn(log.deployments(), name) ? log.deployments()[name] : undefined;
  const { manifest } = builds;
  const live = (): readonly MfeManifest[] =>
    Object.values(log.deployments())
      .flatMap(({ name, stable }) => (stable === undefined ? [] : (manifest(name, stable) ?? [])))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const contract = () => contractDocument(log.deployments(), manifest, log.position(), shell);
  /** Everybody of {@link contract} is looked at, so their manifests must be at hand. */
  const bringAll = (state: MfeDeployment, facts: readonly DeploymentFact[]) =>
    builds.bringLive([...Object.values(log.deployments()), after(state, facts)]);

  /** Publishes a kept build and does with it what `next` says, in one commit. */
  const deploy = async (build: Build, by: string, next: (state: MfeDeployment) => readonly DeploymentCommand[]) => {
    const { name, version } = build.manifest;
    const artifact = await artifacts.add(build);
    const find = (mfe: string, wanted: string) =>
      mfe === name && wanted === version ? build.manifest : manifest(mfe, wanted);
    let isNew = false;
    const deployment = await log.change(name, async (state) => {
      const published = decideDeployment({ kind: 'publish', version, artifact, by }, state);
      isNew = published.length > 0;
      const facts = next(state).reduce<readonly DeploymentFact[]>((before, command) => {
        return [...before, ...decideDeployment(command, after(state, before))];
      }, published);
      await bringAll(state, facts);
      guardContract(state, facts, by === localPublisher ? byTeams() : contract(), find);
      return facts;
    });
    return { manifest: build.manifest, deployment, isNew };
  };
  /** What the start of the shop publishes one after the other belongs together, and need not fit what it replaces. */
  const byTeams = (): ContractDocument => {
    const { position, participants } = contract();
    const isTeams = ({ name, version }: LiveParticipant) => stateOf(name)?.versions[version]?.by !== localPublisher;
    return { position, participants: participants.filter(isTeams) };
  };

  return {
    ...{
      deployments: log.deployments,
      position: log.position,
      onChange: log.onChange,
      asOf: log.asOf,
      replay: log.replay,
    },
    ...builds,
    ...{ refuse: log.refuse, live, contract },
    async publish(folder) {
      const build = await readBuild(folder);
      const { name, version } = build.manifest;
      const before = stateOf(name)?.stable;
      const promote = { kind: 'promote', version, by: localPublisher } as const;
      const { deployment } = await deploy(build, localPublisher, (state) => (isLocal(state) ? [promote] : []));
      return { manifest: build.manifest, changed: deployment.stable === version && before !== version };
    },
    async receive(upload, { name, version, by, percent }) {
      const build = await receiveBuild(upload, limits);
      const told = `${build.manifest.name} ${build.manifest.version}`;
      if (told !== `${name} ${version}`) {
        throw new UploadRefused(
          'other-build',
          `this is the build of ${told}, sent to the address of ${name} ${version}`,
        );
      }
      return await deploy(build, by, () => {
        if (percent === 0) return [];
        return percent === 100 ? [{ kind: 'promote', version, by }] : [{ kind: 'canary', version, percent, by }];
      });
    },
    change: (name, command) =>
      log.change(name, async (state) => {
        const facts = decideDeployment(command, state);
        const isEmergency = command.kind === 'block' || (command.kind === 'roll-back' && command.force === true);
        if (isEmergency) return facts;
        await bringAll(state, facts);
        guardContract(state, facts, contract(), manifest);
        return facts;
      }),
    frontends: (base = '') => discoveryDocument(log.deployments(), manifest, base),
    close: log.close,
  };
};

const after = (state: MfeDeployment, facts: readonly DeploymentFact[]): MfeDeployment =>
  facts.reduce((before, fact) => evolveDeployment(before, { ...fact, time: '' }), state);

const artifactsOf = ({ versions }: MfeDeployment): readonly string[] =>
  Object.values(versions).flatMap(({ artifact }) => artifact ?? []);
