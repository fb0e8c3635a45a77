import type { MfeManifest } from '@souk/shell-registry';
import type { Overrides } from '../overrides/overrides.ts';
import type { PageBuild } from './page-build.ts';

/** The one import map of a page. */
export interface ImportMap {
  readonly imports: Readonly<Record<string, string>>;
  readonly integrity: Readonly<Record<string, string>>;
}

/** Prefixes under which the same files are served again, since a browser remembers a module that failed. */
const retryPrefixes = ['/assets/retry-1', '/assets/retry-2'] as const;

/** Address of a browser file of an MFE. */
export const assetUrl = ({ name, version }: MfeManifest, path: string): string => `/assets/${name}/${version}/${path}`;

/**
 * Each entry under its name, and the integrity of every module under each address it is served at, those of the page
 * itself included: it loads some of them only when they are asked for. Overrides are merged into the one map, since a
 * browser may honour the first one only; what a developer's server sends is what it is.
 */
export const importMap = (page: PageBuild, manifests: readonly MfeManifest[], overrides: Overrides = {}): ImportMap => {
  const imports: Record<string, string> = {};
  const integrity: Record<string, string> = {};
  for (const file of page.files.filter(({ path }) => path.endsWith('.js'))) {
    integrity[`/assets/shell/${page.version}/${file.path}`] = file.integrity;
  }
  for (const manifest of manifests) {
    for (const [entry, { file }] of Object.entries(manifest.entries)) {
      imports[`@souk/mfe-${manifest.name}/${entry}`] = assetUrl(manifest, file);
    }
    for (const file of manifest.files.filter(({ type }) => type === 'text/javascript')) {
      const path = `/${manifest.name}/${manifest.version}/${file.path}`;
      for (const prefix of ['/assets', ...retryPrefixes]) integrity[prefix + path] = file.integrity;
    }
  }
  return { imports: { ...imports, ...overrides }, integrity };
};
