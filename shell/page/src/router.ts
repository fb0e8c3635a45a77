import { answer, emit, ShellNavigate, ShellNavigated } from '@souk/shared-events/browser';
import { navigateToUrl, registerApplication, start } from 'single-spa';
import type { Arrival } from './arrival.ts';
import { interceptLinks } from './links.ts';
import type { MainView } from './main-view.ts';
import type { Frontend } from './page-data.ts';
import { findRoute, type RouteMatch } from './path-pattern.ts';
import type { Renewal } from './renewal.ts';
import { words } from './words.ts';

/** What the router needs. */
export interface RouterOptions {
  readonly frontends: readonly Frontend[];
  readonly view: MainView;
  readonly arrival: Arrival;
  /** Says when a navigation should load a document, so that the page takes new versions. */
  readonly renewal?: Renewal;
  readonly signal?: AbortSignal;
}

/**
 * Registers every route with single-spa, and starts it. The applications are our own few lines, which never throw and
 * never wait: single-spa gives up on an application that breaks once, so the faults end in the wall instead.
 */
export const startRouter = ({ frontends, view, arrival, renewal, signal }: RouterOptions): void => {
  /** Single-spa asks for each route about each route whenever one is registered: one look per path must do. */
  let looked: { readonly pathname: string; readonly match: RouteMatch | undefined } | undefined;
  const matchOf = (pathname: string): RouteMatch | undefined => {
    if (looked?.pathname !== pathname) looked = { pathname, match: findRoute(frontends, pathname) };
    return looked.match;
  };
  const matchNow = (): RouteMatch | undefined => matchOf(location.pathname);
  let shown: string | undefined;
  let told: string | undefined;

  const showNow = (): void => {
    const match = matchNow();
    if (match) view.show(match);
    // The gateway has answered a document's first path itself: its own page stays.
    else if (told !== undefined) view.showNotFound();
    shown = location.pathname;
  };

  const register = (name: string, isActive: (match: RouteMatch | undefined) => boolean): void =>
    registerApplication({
      name,
      app: { bootstrap: async () => {}, mount: async () => showNow(), unmount: async () => view.clear() },
      activeWhen: ({ pathname }) => isActive(matchOf(pathname)),
    });

  const afterRouting = (): void => {
    const path = location.pathname + location.search;
    if (path === told) return arrival.stay();
    const isFirst = told === undefined;
    const isOtherPage = told?.split('?')[0] !== location.pathname;
    told = path;
    // The same route with other parameters: single-spa sees no change.
    if (shown !== location.pathname) showNow();
    if (!isFirst && isOtherPage) document.title = `${matchNow()?.route.title ?? words.noSuchPage} · Souk`;
    emit(window, new ShellNavigated({ path }));
    if (isFirst) return;
    if (isOtherPage) arrival.arrive();
    else arrival.stay();
  };

  const go = (path: string, replace = false): void => {
    const { pathname } = new URL(path, location.origin);
    const isRoute = findRoute(frontends, pathname) !== undefined;
    if (!isRoute || renewal?.isDue(matchNow()?.route)) return replace ? location.replace(path) : location.assign(path);
    arrival.remember();
    if (replace) history.replaceState(null, '', path);
    else navigateToUrl(path);
  };

  for (const { name, routes } of frontends) {
    for (const route of routes) register(`${name}:${route.path}`, (match) => match?.route === route);
  }
  register('shell:not-found', (match) => match === undefined);
  // single-spa announces pushState as a popstate of its own making.
  window.addEventListener('popstate', (event) => 'singleSpa' in event || arrival.traversed(), { signal });
  window.addEventListener('single-spa:routing-event', afterRouting, { signal });
  interceptLinks({ isRoute: (pathname) => findRoute(frontends, pathname) !== undefined, go, signal });
  answer(
    ShellNavigate,
    ({ path, replace }) => {
      go(path, replace);
      return { path };
    },
    { signal },
  );
  start({ urlRerouteOnly: true });
};
