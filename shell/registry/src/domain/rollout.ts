import type { IntegrationData } from '@souk/shared-events/integration';
import { DeploymentRefused, VersionTaken } from '../errors.ts';

/** Which versions of each micro frontend there are, and who gets which; by name. */
export type Deployments = Readonly<Record<string, MfeDeployment>>;

/** One micro frontend, as its events say. */
export interface MfeDeployment {
  readonly name: string;
  /** What every session gets that is not in the canary; none before the first promotion. */
  readonly stable?: string;
  readonly canary?: Canary;
  /** Versions that were stable before, the last one first: where a rollback leads. */
  readonly previous: readonly string[];
  /** Everything that was ever published, by version. */
  readonly versions: Readonly<Record<string, PublishedVersion>>;
  /** Versions that must not go live again. */
  readonly blocked: readonly string[];
}

/** A version that part of the sessions get. */
export interface Canary {
  readonly version: string;
  /** 1 to 100. */
  readonly percent: number;
}

/** A version that is in the registry. */
export interface PublishedVersion {
  /** SHA-256 (hex) of its canonical manifest; absent where it was published before there were those. */
  readonly artifact?: string;
  /** The team, the staff session, or `local`. */
  readonly by: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** The events of one micro frontend, on `shell.mfe.<name>`. */
export type DeploymentEventType =
  | 'shell.mfe-published.v1'
  | 'shell.mfe-canary-changed.v1'
  | 'shell.mfe-promoted.v1'
  | 'shell.mfe-rolled-back.v1'
  | 'shell.mfe-blocked.v1'
  | 'shell.mfe-refused.v1';

/** Type and data of a deployment event; what decides writes it, and the envelope is put around it later. */
export type DeploymentFact = {
  readonly [Type in DeploymentEventType]: { readonly type: Type; readonly data: IntegrationData[Type] };
}[DeploymentEventType];

/** What somebody wants done to one micro frontend. `by` is who: a team, a session of the staff, `automatic`, `local`. */
export type DeploymentCommand =
  | { readonly kind: 'publish'; readonly version: string; readonly artifact: string; readonly by: string }
  | { readonly kind: 'canary'; readonly version?: string; readonly percent: number; readonly by: string }
  | { readonly kind: 'promote'; readonly version?: string; readonly by: string }
  /** `force`: also when it breaks somebody who counts on what is live. */
  | {
      readonly kind: 'roll-back';
      readonly to?: string;
      /** Only if this is the canary still; else nothing follows. */
      readonly from?: string;
      readonly by: string;
      readonly reason: string;
      readonly force?: boolean;
    }
  | { readonly kind: 'block'; readonly version: string; readonly by: string; readonly reason: string };

/** A micro frontend that nothing is known of. */
export const noDeployment = (name: string): MfeDeployment => ({ name, previous: [], versions: {}, blocked: [] });

/**
 * What follows from a command: nothing when it is so already. Pure.
 * @throws {DeploymentRefused}
 * @throws {VersionTaken}
 */
export const decideDeployment = (command: DeploymentCommand, state: MfeDeployment): readonly DeploymentFact[] => {
  switch (command.kind) {
    case 'publish':
      return publish(command, state);
    case 'canary':
      return changeCanary(command, state);
    case 'promote':
      return promote(command, state);
    case 'roll-back':
      return rollBack(command, state);
    case 'block':
      return block(command, state);
    default:
      return command satisfies never;
  }
};

/** The state after an event; an event that it does not know changes nothing. Pure. */
export const evolveDeployment = (state: MfeDeployment, fact: DeploymentFact & { readonly time: string }) => {
  switch (fact.type) {
    case 'shell.mfe-published.v1': {
      const { version, artifact, by = 'local' } = fact.data;
      const entry = { ...(artifact !== undefined && { artifact }), by, at: fact.time };
      const next = { ...state, versions: { ...state.versions, [version]: entry } };
      // Before there were promotions, what was published last was what shoppers got.
      return artifact === undefined ? withStable(next, version) : next;
    }
    case 'shell.mfe-canary-changed.v1': {
      const { version, percent } = fact.data;
      return percent === 0 ? withoutCanary(state) : { ...state, canary: { version, percent } };
    }
    case 'shell.mfe-promoted.v1':
      return withStable(withoutCanary(state), fact.data.version);
    case 'shell.mfe-rolled-back.v1': {
      const { from, to } = fact.data;
      if (from === state.canary?.version) return withoutCanary(state);
      const { stable: _, ...rest } = state;
      const previous = state.previous.filter((version) => version !== to);
      return to === undefined ? { ...rest, previous } : { ...rest, stable: to, previous };
    }
    case 'shell.mfe-blocked.v1': {
      const { version } = fact.data;
      return { ...state, blocked: [...state.blocked.filter((other) => other !== version), version] };
    }
    default:
      return state;
  }
};

/** Who publishes when the shop starts with builds of its own. */
export const localPublisher = 'local';

/** Whether the start of the shop may replace what is live: nothing, or what another start has put there. */
export const isLocal = ({ stable, canary, versions }: MfeDeployment): boolean =>
  canary === undefined && (stable === undefined || versions[stable]?.by === localPublisher);

/** Every version that some session may get: the stable one and the canary. */
export const liveVersions = ({ stable, canary }: MfeDeployment): readonly string[] => [
  ...new Set([stable, canary?.version].filter((version) => version !== undefined)),
];

/** The version that a rollback of the stable one leads to; none when there was none before, or all are blocked. */
export const rollbackTarget = ({ stable, previous, blocked }: MfeDeployment): string | undefined =>
  previous.find((version) => version !== stable && !blocked.includes(version));

type Command<Kind> = Extract<DeploymentCommand, { readonly kind: Kind }>;

const publish = ({ version, artifact, by }: Command<'publish'>, state: MfeDeployment): readonly DeploymentFact[] => {
  const { name, versions, blocked } = state;
  if (blocked.includes(version)) throw blockedVersion(name, version);
  const known = versions[version];
  if (known?.artifact === artifact) return [];
  if (known?.artifact !== undefined) throw new VersionTaken(name, version);
  // A version of the days before artifacts is described anew; it stays what it was for shoppers.
  return [{ type: 'shell.mfe-published.v1', data: { name, version, artifact, by } }];
};

const changeCanary = (command: Command<'canary'>, state: MfeDeployment): readonly DeploymentFact[] => {
  const { name, stable, canary } = state;
  const { percent, by, version = canary?.version } = command;
  if (version === undefined) throw new DeploymentRefused('no-canary', `${name} has no canary; name the version`);
  needLiveable(state, version);
  if (percent === 0 && canary?.version !== version) return [];
  if (canary?.version === version && canary.percent === percent) return [];
  if (version === stable && percent > 0) {
    throw new DeploymentRefused('already-stable', `every session gets ${name} ${version} already`);
  }
  return [{ type: 'shell.mfe-canary-changed.v1', data: { name, version, percent, by } }];
};

const promote = (command: Command<'promote'>, state: MfeDeployment): readonly DeploymentFact[] => {
  const { name, stable, canary } = state;
  const version = command.version ?? canary?.version;
  if (version === undefined) {
    throw new DeploymentRefused('no-canary', `${name} has no canary to promote; name the version`);
  }
  needLiveable(state, version);
  if (version === stable && canary === undefined) return [];
  return [{ type: 'shell.mfe-promoted.v1', data: { name, version, by: command.by } }];
};

/** Away from the canary when there is one, else from the stable version to the one before it, or to the one asked for. */
const rollBack = (command: Command<'roll-back'>, state: MfeDeployment): readonly DeploymentFact[] => {
  const { to, from, by, reason } = command;
  const { name, stable, canary } = state;
  if (from !== undefined && from !== canary?.version) return [];
  if (canary !== undefined && (to === undefined || to === stable)) {
    const target = stable === undefined ? {} : { to: stable };
    return [{ type: 'shell.mfe-rolled-back.v1', data: { name, from: canary.version, ...target, by, reason } }];
  }
  if (stable === undefined) throw new DeploymentRefused('nothing-live', `nothing of ${name} is live`);
  const target = to ?? rollbackTarget(state);
  if (target === undefined) {
    throw new DeploymentRefused('nothing-before', `${name} ${stable} has no version before it to go back to`);
  }
  if (target === stable) return [];
  needLiveable(state, target);
  const away: DeploymentFact = {
    type: 'shell.mfe-rolled-back.v1',
    data: { name, from: stable, to: target, by, reason },
  };
  if (canary === undefined) return [away];
  return [{ type: 'shell.mfe-canary-changed.v1', data: { name, version: canary.version, percent: 0, by } }, away];
};

/** A blocked version is taken from every session that has it. */
const block = ({ version, by, reason }: Command<'block'>, state: MfeDeployment): readonly DeploymentFact[] => {
  const { name, stable, canary, versions, blocked } = state;
  if (versions[version] === undefined) throw unknownVersion(name, version);
  if (blocked.includes(version)) return [];
  const facts: DeploymentFact[] = [{ type: 'shell.mfe-blocked.v1', data: { name, version, by, reason } }];
  if (version === canary?.version) {
    const target = stable === undefined ? {} : { to: stable };
    facts.push({ type: 'shell.mfe-rolled-back.v1', data: { name, from: version, ...target, by, reason } });
  } else if (version === stable) {
    const to = rollbackTarget(state);
    const target = to === undefined ? {} : { to };
    facts.push({ type: 'shell.mfe-rolled-back.v1', data: { name, from: version, ...target, by, reason } });
  }
  return facts;
};

const needLiveable = ({ name, versions, blocked }: MfeDeployment, version: string): void => {
  if (versions[version] === undefined) throw unknownVersion(name, version);
  if (blocked.includes(version)) throw blockedVersion(name, version);
};

const unknownVersion = (name: string, version: string) =>
  new DeploymentRefused('no-such-version', `there is no ${name} ${version} in the registry; deploy it first`);

const blockedVersion = (name: string, version: string) =>
  new DeploymentRefused('version-blocked', `${name} ${version} is blocked; deploy another version`);

const withStable = (state: MfeDeployment, version: string): MfeDeployment => {
  const { stable, previous } = state;
  if (stable === version) return state;
  const before = stable === undefined ? previous : [stable, ...previous.filter((other) => other !== stable)];
  return { ...state, stable: version, previous: before.filter((other) => other !== version) };
};

const withoutCanary = (state: MfeDeployment): MfeDeployment => {
  const { canary: _, ...rest } = state;
  return rest;
};
