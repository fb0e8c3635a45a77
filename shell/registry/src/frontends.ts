import type { ManifestOf } from './deployment-gate.ts';
import type { Deployments } from './domain/rollout.ts';
import type { MfeManifest } from './manifest.ts';

/** Address of the schema that the discovery document follows. */
const discoverySchema = 'https://github.com/awslabs/frontend-discovery/blob/main/schema/v1-pre.json';

/** Frontend discovery document, schema v1-pre: what is live, for tools of any maker. */
export interface FrontendDiscovery {
  readonly schema: string;
  readonly microFrontends: Readonly<Record<string, readonly DiscoveredFrontend[]>>;
}

/** One live module of a micro frontend. */
export interface DiscoveredFrontend {
  /** Address of the module, from the root of the shop. */
  readonly url: string;
  readonly metadata: { readonly integrity: string; readonly version: string };
  readonly deployment: { readonly traffic: number; readonly default: boolean };
  readonly extras: { readonly owner: string; readonly importance: string; readonly elements: readonly string[] };
}

/**
 * One list per entry module, under its import map name (`@souk/mfe-cart/mini`): the stable version, which is the default,
 * and the canary, whose share of the traffic is taken from it.
 */
export const discoveryDocument = (
  deployments: Deployments,
  manifestOf: ManifestOf,
  base: string,
): FrontendDiscovery => {
  const found: Record<string, DiscoveredFrontend[]> = {};
  for (const { name, stable, canary } of Object.values(deployments)) {
    const canaryPercent = canary?.percent ?? 0;
    const shares = [
      { version: stable, traffic: 100 - canaryPercent, isDefault: true },
      { version: canary?.version, traffic: canaryPercent, isDefault: false },
    ];
    for (const { version, traffic, isDefault } of shares) {
      const manifest = version === undefined ? undefined : manifestOf(name, version);
      for (const entry of Object.keys(manifest?.entries ?? {})) {
        (found[`@souk/mfe-${name}/${entry}`] ??= []).push(
          moduleOf(manifest as MfeManifest, entry, base, { traffic, default: isDefault }),
        );
      }
    }
  }
  return { schema: discoverySchema, microFrontends: found };
};

const moduleOf = (
  { name, version, owner, importance, entries, elements, files }: MfeManifest,
  entry: string,
  base: string,
  deployment: DiscoveredFrontend['deployment'],
): DiscoveredFrontend => {
  const path = entries[entry]?.file ?? '';
  return {
    url: `${base}/assets/${name}/${version}/${path}`,
    metadata: { integrity: files.find((file) => file.path === path)?.integrity ?? '', version },
    deployment,
    extras: { owner, importance, elements: Object.keys(elements).filter((tag) => elements[tag] === entry) },
  };
};
