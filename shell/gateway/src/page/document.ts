import type { MfeManifest } from '@souk/shell-registry';
import type { Role } from '@souk/service-kit';
import type { Composition } from '../composition/composition.ts';
import { headTags } from '../found/head-tags.ts';
import type { Locale } from '../locale/locale.ts';
import { localeLinks } from '../locale/switch.ts';
import { overriddenIn } from '../overrides/overrides.ts';
import type { Words } from '../words/en.ts';
import { wordsIn } from '../words/index.ts';
import { escapeHtml, scriptJson } from './html.ts';
import { assetUrl, importMap } from './import-map.ts';
import { integrityOf } from './page-build.ts';
import type { PageBuild } from './page-build.ts';
import { isStaffPath, manifestsFor } from './routes.ts';
import type { RouteMatch } from './routes.ts';

/** What differs from page to page. Everything is text, but `head` and `main`, which are HTML. */
export interface PageContent {
  readonly title: string;
  readonly description?: string | undefined;
  readonly head?: string | undefined;
  readonly main: string;
  /** The route whose modules are worth a preload. */
  readonly match?: RouteMatch | undefined;
  /** What the page's event stream begins with; `undefined` = the page opens none. */
  readonly push?: PushStart | undefined;
  readonly roles: readonly Role[];
  /** The versions that the page is made of. */
  readonly composition: Composition;
  readonly locale: Locale;
  /** Address under which it is found; absent = not to be found. */
  readonly url?: URL;
  /** The page's query without what chooses a locale. */
  readonly query?: string;
  /** Whether this session may take modules from a developer's own server. */
  readonly mayOverride?: boolean;
}

/** Where the page's event stream begins, and whose it is. */
export interface PushStart {
  /** End of the push log before anything in the page was read, as decimal text. */
  readonly position: string;
  /** Name of that log. */
  readonly epoch: string;
  /** Tabs share one stream only when it is the same visitor's. */
  readonly audience: string;
}

/** Writes HTML documents of the one shape that `shell/page` starts from, in two parts. */
export interface DocumentWriter {
  /** What does not depend on what the page shows: it can go out before that is known. */
  head(content: Omit<PageContent, 'main' | 'title'>, nonce: string): string;
  /** Everything after the head part: title and content. */
  rest(content: PageContent, nonce: string): string;
}

export const documentWriter = (build: PageBuild, currencies: readonly string[]): DocumentWriter => {
  const shellUrl = (path: string) => `/assets/shell/${build.version}/${path}`;
  const shellPreloads = build.imports.map((path) => preload(shellUrl(path), integrityOf(build, path)));
  const manifestsOf = ({ composition, roles }: Pick<PageContent, 'composition' | 'roles'>) =>
    manifestsFor(composition.manifests, roles.includes('staff'));

  return {
    head(content, nonce) {
      const { id, overrides } = content.composition;
      const { locale } = content;
      const manifests = manifestsOf(content);
      const dev = overriddenIn(overrides);
      return `<!doctype html>
<html lang="${locale.locale}" dir="${locale.dir}" data-deployment="${id}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${shellUrl(build.style)}" integrity="${integrityOf(build, build.style)}">
<script type="importmap" nonce="${nonce}">${scriptJson(importMap(build, manifests, overrides))}</script>
${[
  ...preloads(
    manifests.filter(({ name }) => !dev.has(name)),
    content.match,
    locale.locale,
  ),
  ...shellPreloads,
].join('\n')}
`;
    },
    rest(content, nonce) {
      const { id, overrides } = content.composition;
      const manifests = manifestsOf(content);
      const dev = overriddenIn(overrides);
      const { locale } = content;
      const words = wordsIn(locale.locale);
      const data = {
        deployment: id,
        frontends: manifests.map((manifest) => ({
          ...frontend(manifest),
          ...(content.mayOverride && { owner: manifest.owner, listens: Object.keys(manifest.contract.listens) }),
          ...(dev.has(manifest.name) && { dev: true }),
        })),
        ...(content.push && { push: { url: '/push', ...content.push } }),
        session: { roles: content.roles },
        locale: { locale, words: words.page },
        ...(content.mayOverride && { overrides: { active: overrides } }),
      };
      const description = content.description ?? words.promise;
      const title = fullTitle(content.title);
      return `<title>${escapeHtml(title)}</title>
<meta name="description" content="${escapeHtml(description)}">
${content.url ? `${headTags({ title, description, url: content.url })}\n` : ''}\
${content.head ?? ''}
<script type="application/json" id="souk-page">${scriptJson(data)}</script>
<script type="module" nonce="${nonce}" src="${shellUrl(build.script)}" integrity="${integrityOf(build, build.script)}"></script>
</head>
<body>
<a class="souk-skip" href="#main" data-t="skip">${words.skip}</a>
<header class="souk-header">
<a class="souk-brand" href="/">Souk</a>
<div class="souk-slot" data-slot="header-search"></div>
<div class="souk-slot" data-slot="header-end">${plainNavigation(manifests, words)}</div>
</header>
<main id="main" class="souk-main" tabindex="-1">${content.main}</main>
<div class="souk-slot" data-slot="page-end"></div>
<footer class="souk-footer"><p data-t="promise">${words.promise}</p>\
${localeLinks(locale, currencies, content.query ?? '')}${staffLinks(content.roles, words)}</footer>
</body>
</html>
`;
    },
  };
};

/** For shoppers the way in, for staff the way to their work and out. */
const staffLinks = (roles: readonly Role[], words: Words): string =>
  roles.includes('staff')
    ? `<form class="souk-staff" method="post" action="/sign-out"><a href="/desk" data-t="desk">${words.desk}</a> \
<a href="/ops/events" data-t="events">${words.events}</a>\
<button class="souk-button souk-button--quiet" data-t="signOut">${words.signOut}</button></form>`
    : `<p><a href="/account" data-t="yourAccount">${words.yourAccount}</a> · \
<a href="/sign-in?next=/desk" data-t="forStaff">${words.forStaff}</a></p>`;

/** A document's title: the page's own, then the shop's. */
const fullTitle = (title: string): string => (title.includes('Souk') ? title : `${title} · Souk`);

const frontend = (manifest: MfeManifest) => ({
  name: manifest.name,
  version: manifest.version,
  importance: manifest.importance,
  elements: manifest.elements,
  routes: manifest.routes,
  slots: manifest.slots,
  handles: Object.fromEntries(Object.entries(manifest.contract.handles).map(([type, { entry }]) => [type, entry])),
  emits: [...new Set([...Object.keys(manifest.contract.emits), ...Object.keys(manifest.contract.pushes ?? {})])],
});

/** For a browser without scripts: the pages that have a fixed address. */
const plainNavigation = (manifests: readonly MfeManifest[], words: Words): string => {
  const links = manifests
    .flatMap((manifest) => manifest.routes)
    .filter(({ path }) => !path.includes(':') && path !== '/' && !isStaffPath(path))
    .map(({ path, title }) => `<a href="${escapeHtml(path)}">${escapeHtml(title)}</a>`);
  return links.length > 0 ? `<noscript><nav aria-label="${words.pages}">${links.join(' · ')}</nav></noscript>` : '';
};

/** The route's module with its static imports and its words, then those of the header, each once. */
const preloads = (
  manifests: readonly MfeManifest[],
  match: RouteMatch | undefined,
  language: string,
): readonly string[] => {
  const wanted = new Map<string, string>();
  const want = (manifest: MfeManifest, element: string, priority: string) => {
    const entry = manifest.entries[manifest.elements[element] ?? ''];
    const words = entry?.words?.[language];
    for (const path of entry ? [entry.file, ...entry.imports, ...(words === undefined ? [] : [words])] : []) {
      const file = manifest.files.find((candidate) => candidate.path === path);
      const url = assetUrl(manifest, path);
      if (file && !wanted.has(url)) wanted.set(url, preload(url, file.integrity, priority));
    }
  };
  if (match && manifests.includes(match.manifest)) want(match.manifest, match.route.element, '');
  for (const manifest of manifests) {
    for (const { slot, element } of manifest.slots) {
      if (slot.startsWith('header-')) want(manifest, element, ' fetchpriority="low"');
    }
  }
  return [...wanted.values()];
};

const preload = (url: string, integrity: string, priority = ''): string =>
  `<link rel="modulepreload" href="${url}" integrity="${integrity}"${priority}>`;
