export type {
  Canary,
  DeploymentCommand,
  DeploymentFact,
  Deployments,
  MfeDeployment,
  PublishedVersion,
} from './domain/rollout.ts';
export type { LiveTogether, LogPlace, Period } from './as-of.ts';
export type { LiveSet, Versions } from './domain/live-together.ts';
export type { Moment, PastState, Refusal } from './deployment-log.ts';
export type { DiscoveredFrontend, FrontendDiscovery } from './frontends.ts';
export type { MfeContract, MfeFile, MfeManifest } from './manifest.ts';
export type { ContractDocument, LiveParticipant } from './gate/contract-document.ts';
export type { GateProblem, Participant } from './gate/check-deployment.ts';
export type { HistoryEntry } from './http/views.ts';
export type { RegistryRoutesOptions } from './http/registry-routes.ts';
export type { Artifacts } from './artifacts/artifacts.ts';
export type { Builds, DamagedBuild, StoredFile } from './builds.ts';
export type { Deploy, Deployed, Published, Registry, RegistryOptions } from './registry.ts';
export type { DeployToken, DeployTokens, NewToken } from './tokens.ts';

export { deploymentIdOf } from './domain/live-together.ts';
export { liveVersions, rollbackTarget } from './domain/rollout.ts';
export {
  ArtifactsUnavailable,
  ContractBroken,
  DamagedArtifact,
  DeploymentRefused,
  InvalidManifest,
  RegistryError,
  UploadRefused,
  VersionTaken,
  WrongContent,
} from './errors.ts';
export { folderArtifacts } from './artifacts/folder-artifacts.ts';
export { registryRoutes } from './http/registry-routes.ts';
export { createRegistry } from './registry.ts';
export { openTokens } from './tokens.ts';
