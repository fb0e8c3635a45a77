import { deploymentIdOf } from '@souk/shell-registry';
import type { MfeManifest, Registry } from '@souk/shell-registry';
import type { Overrides } from '../overrides/overrides.ts';
import { overriddenIn } from '../overrides/overrides.ts';
import { chooseVersions } from './choose-versions.ts';

/** What one page is made of. */
export interface Composition {
  /** Names the set of versions: in the page, in its reports, in the access log. */
  readonly id: string;
  /** One manifest for each micro frontend, by name. */
  readonly manifests: readonly MfeManifest[];
  /** Modules that come from a developer's own server, in this session alone. */
  readonly overrides: Overrides;
}

/** Composes the page of a session from what the registry says at this moment. */
export type Compose = (sessionId: string, overrides?: Overrides) => Composition;

/** A version whose files are not to be had here is left for the stable one, and that for none. */
export const composer =
  (registry: Pick<Registry, 'deployments' | 'manifest'>, idOf = remembering(deploymentIdOf)): Compose =>
  (sessionId, overrides = {}) => {
    const live = registry.deployments();
    const manifests = Object.entries(chooseVersions(live, sessionId))
      .flatMap(([name, version]) => {
        const { stable = version } = live[name] ?? {};
        return registry.manifest(name, version) ?? registry.manifest(name, stable) ?? [];
      })
      .toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const dev = overriddenIn(overrides);
    const versions = manifests.map(({ name, version }) => [name, dev.has(name) ? 'dev' : version] as const);
    return { id: idOf(Object.fromEntries(versions)), manifests, overrides };
  };

/** Nearly all pages are made of the same few sets. */
const remembering = (idOf: typeof deploymentIdOf): typeof deploymentIdOf => {
  const known = new Map<string, string>();
  return (versions) => {
    const key = JSON.stringify(versions);
    const id = known.get(key) ?? idOf(versions);
    if (known.size >= 100) known.clear();
    known.set(key, id);
    return id;
  };
};
