export type {
  Canary,
  DeploymentCommand,
  DeploymentFact,
  Deployments,
  MfeDeployment,
  PublishedVersion,
} from './domain/rollout.ts';
export type { Moment } from './deployment-log.ts';
export type { DiscoveredFrontend, FrontendDiscovery } from './frontends.ts';
export type { MfeContract, MfeFile, MfeManifest } from './manifest.ts';
export type { Published, Registry, RegistryOptions, StoredFile } from './registry.ts';

export { liveVersions, rollbackTarget } from './domain/rollout.ts';
export { DeploymentRefused, InvalidManifest, RegistryError, VersionTaken, WrongContent } from './errors.ts';
export { createRegistry } from './registry.ts';
