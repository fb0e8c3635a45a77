import type { MfeManifest } from '@souk/shell-registry';

/** The route of a manifest that a path belongs to. */
export interface RouteMatch {
  readonly manifest: MfeManifest;
  readonly route: MfeManifest['routes'][number];
}

/** Finds the route of a path; `undefined` when no live manifest knows it. Fixed segments win over parameters. */
export const matchRoute = (manifests: readonly MfeManifest[], path: string): RouteMatch | undefined => {
  const segments = path.split('/');
  if (!segments.every(isDecodable)) return undefined;
  const matches = manifests.flatMap((manifest) =>
    manifest.routes.filter((route) => fits(route.path.split('/'), segments)).map((route) => ({ manifest, route })),
  );
  return matches.toSorted((a, b) => parameters(a.route.path) - parameters(b.route.path))[0];
};

/** Whether only staff may see this page. */
export const isStaffPath = (path: string): boolean => /^\/(desk|ops)(\/|$)/.test(path);

/** The manifests that a visitor's page is made of: one that has nothing but pages of the staff is no weight for shoppers. */
export const manifestsFor = (manifests: readonly MfeManifest[], isForStaff: boolean): readonly MfeManifest[] =>
  isForStaff ? manifests : manifests.filter((manifest) => !isStaffOnly(manifest));

const isStaffOnly = ({ routes, slots, contract }: MfeManifest): boolean =>
  routes.length > 0 &&
  routes.every(({ path }) => isStaffPath(path)) &&
  slots.length === 0 &&
  Object.keys(contract.handles).length === 0;

const fits = (pattern: readonly string[], segments: readonly string[]): boolean =>
  pattern.length === segments.length &&
  pattern.every((part, index) => (part.startsWith(':') ? segments[index] !== '' : part === segments[index]));

const parameters = (pattern: string): number => pattern.split('/:').length - 1;

const isDecodable = (segment: string): boolean => {
  try {
    decodeURIComponent(segment);
    return true;
  } catch {
    return false;
  }
};
