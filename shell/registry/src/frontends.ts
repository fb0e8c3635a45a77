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

/** One item per entry module, under its import map name: `@souk/mfe-cart/mini`. */
export const discoveryDocument = (live: readonly MfeManifest[], base: string): FrontendDiscovery => ({
  schema: discoverySchema,
  microFrontends: Object.fromEntries(
    live.flatMap((manifest) =>
      Object.entries(manifest.entries).map(([entry, { file }]) => [
        `@souk/mfe-${manifest.name}/${entry}`,
        [
          {
            url: `${base}/assets/${manifest.name}/${manifest.version}/${file}`,
            metadata: {
              integrity: manifest.files.find(({ path }) => path === file)?.integrity ?? '',
              version: manifest.version,
            },
            deployment: { traffic: 100, default: true },
            extras: {
              owner: manifest.owner,
              importance: manifest.importance,
              elements: Object.keys(manifest.elements).filter((tag) => manifest.elements[tag] === entry),
            },
          },
        ],
      ]),
    ),
  ),
});
