export type { DiscoveredFrontend, FrontendDiscovery } from './frontends.ts';
export type { MfeFile, MfeManifest } from './manifest.ts';
export type { Published, Registry, RegistryOptions, StoredFile } from './registry.ts';

export { InvalidManifest, RegistryError, VersionTaken, WrongContent } from './errors.ts';
export { createRegistry } from './registry.ts';
