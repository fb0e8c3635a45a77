import type { Frontend, Route } from './page-data.ts';

/** Values of the `:name` segments, decoded. */
export type Params = Readonly<Record<string, string>>;

/** The route that a path leads to. */
export interface RouteMatch {
  readonly frontend: Frontend;
  readonly route: Route;
  readonly params: Params;
}

/** Matches a path such as `/p/bowl` against a pattern such as `/p/:product`; undefined = it does not match. */
export const matchPath = (pattern: string, pathname: string): Params | undefined => {
  const wanted = pattern.split('/');
  const given = pathname.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index]!;
    if (!segment.startsWith(':')) {
      if (segment !== value) return undefined;
      continue;
    }
    const decoded = decode(value);
    if (!decoded) return undefined;
    params[segment.slice(1)] = decoded;
  }
  return params;
};

/** The first route, in the order of the frontends, that a path matches. */
export const findRoute = (frontends: readonly Frontend[], pathname: string): RouteMatch | undefined => {
  for (const frontend of frontends) {
    for (const route of frontend.routes) {
      const params = matchPath(route.path, pathname);
      if (params) return { frontend, route, params };
    }
  }
  return undefined;
};

/** Anybody can write a link with a stray `%`: it is no route rather than an exception. */
const decode = (segment: string): string | undefined => {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
};
