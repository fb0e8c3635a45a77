import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { PROBLEM_MEDIA_TYPE, toProblem } from '@souk/service-kit';
import type { Logger } from '@souk/service-kit';
import { liveVersions } from '@souk/shell-registry';
import type { MfeDeployment, Registry } from '@souk/shell-registry';
import type { FileWatch } from '../assets/file-watch.ts';
import { askBackend, backendOf } from '../backends.ts';
import type { Backends } from '../backends.ts';
import { original } from '../locale/locale.ts';
import type { Locale } from '../locale/locale.ts';
import type { Visitor } from '../session/visitors.ts';
import { wordsIn } from '../words/index.ts';
import { escapeHtml } from './html.ts';
import { sharing } from './sharing.ts';
import type { RouteMatch } from './routes.ts';

/** What a fragment gives: the route's element with its shadow root, and what the document says about it. */
export interface Fragment {
  readonly status: number;
  readonly title: string;
  readonly description?: string;
  /** HTML for the head. */
  readonly head?: string;
  readonly html: string;
}

/** What a fragment gets. */
export interface FragmentRequest {
  readonly url: URL;
  /** Reads `/api/…` as the visitor, inside this process. */
  readonly fetch: (path: string) => Promise<Response>;
  readonly nonce: string;
  /** What it is to speak. */
  readonly locale: Locale;
}

/**
 * Renders the first view of a route on the server, as long as that is quick. What a fragment made of answers that are the
 * same for everybody (`cache-control: public`, with an `etag`) is kept: the backends are asked each time whether theirs
 * still hold, and the same object is given again while they do.
 */
export interface Fragments {
  /** The fragment of a route; `undefined` when it has none, failed (logged), or took longer than the budget (logged). */
  render(match: RouteMatch, url: URL, nonce: string, visitor: Visitor): Promise<Fragment | undefined>;
  /** Loads the server entries of what is live, so that the first shopper does not wait for them; what goes live later is
   * loaded by itself. */
  warm(): Promise<void>;
}

export interface FragmentsOptions {
  readonly registry: Registry;
  readonly files: Pick<FileWatch, 'isSound'>;
  readonly backends: Backends;
  readonly log: Logger;
  readonly budgetMs: number;
}

/** What a fragment has read; `etag` only where the answer is the same for everybody. */
interface Read {
  readonly path: string;
  etag?: string | undefined;
}

/** A fragment that may be given again. */
interface Kept {
  readonly fragment: Fragment;
  readonly nonce: string;
  /** Whether everything it was made of still holds. @param passport any visitor's */
  isTrue(passport: string): Promise<boolean>;
}

/** Fragments kept, of some 50 KB each; the oldest goes first. */
const mostKept = 200;

/** Each version's entry is imported once, from the registry's copy, so it fits the files that the browser gets. */
export const createFragments = ({ registry, files, backends, log, budgetMs }: FragmentsOptions): Fragments => {
  const loaded = new Set<string>();

  /** Code of a team that runs here: never anything but what was published. */
  const needSound = async (name: string, version: string, path: string): Promise<void> => {
    const told = { name, version, path: registry.manifest(name, version)?.fragment?.path ?? '' };
    const isSound = async () => files.isSound(told, await readFile(path).catch(() => Buffer.alloc(0)), false);
    if ((await isSound()) || ((await registry.renew(name, version)) && (await isSound()))) return;
    throw new Error(`the fragment of ${name} ${version} is damaged`);
  };

  const load = async (name: string, version: string): Promise<(request: FragmentRequest) => Promise<unknown>> => {
    const path = registry.fragment(name, version);
    if (path === undefined) throw new Error(`${name} ${version} has no fragment`);
    if (!loaded.has(path)) await needSound(name, version, path);
    loaded.add(path);
    const module = (await import(pathToFileURL(path).href)) as { render?: unknown };
    if (typeof module.render !== 'function') throw new TypeError(`the fragment of ${name} exports no render()`);
    return module.render as (request: FragmentRequest) => Promise<unknown>;
  };

  const kept = new Map<string, Kept>();
  const keep = (key: string, fragment: Fragment, reads: readonly Read[], nonce: string): void => {
    if (fragment.status !== 200 || reads.length === 0 || reads.some(({ etag }) => etag === undefined)) return;
    let passport = '';
    const ask = sharing(async () => {
      // A backend that hangs must not keep all who ask later waiting for ever.
      const signal = AbortSignal.timeout(budgetMs);
      const answers = await Promise.all(
        reads.map(({ path, etag = '' }) =>
          askBackend(backends, { method: 'GET', path, passport, signal, headers: { 'if-none-match': etag } }),
        ),
      );
      return answers.every(({ statusCode }) => statusCode === 304);
    });
    kept.delete(key);
    kept.set(key, {
      ...{ fragment, nonce },
      isTrue(by) {
        passport = by;
        return ask();
      },
    });
    if (kept.size > mostKept) kept.delete(kept.keys().next().value ?? '');
  };

  /** @returns `undefined` when there is no fragment */
  const run = async (match: RouteMatch, url: URL, nonce: string, visitor: Visitor, signal: AbortSignal) => {
    const { passport, locale = original } = visitor;
    const { name, version } = match.manifest;
    const key = [name, version, url.href, ...Object.values(locale)].join(' ');
    const known = kept.get(key);
    if (known?.nonce === nonce && (await known.isTrue(passport).catch(() => false))) return known.fragment;
    if (registry.fragment(name, version) === undefined) return undefined;
    const render = await load(name, version);
    const reads: Read[] = [];
    const fetch = async (path: string) => {
      if (backendOf(path) === undefined) throw new TypeError(`a fragment may only read /api/…, not ${path}`);
      const read: Read = { path };
      reads.push(read);
      const answer = await askBackend(backends, { method: 'GET', path, passport, signal }).catch(problemAnswer);
      if (answer instanceof Response) return answer;
      const isForAll = /\bpublic\b/.test(String(answer.headers['cache-control']));
      if (answer.statusCode === 200 && isForAll) read.etag = answer.headers['etag'];
      const type = answer.headers['content-type'];
      return new Response(answer.statusCode === 204 || answer.statusCode === 304 ? null : answer.body, {
        status: answer.statusCode,
        headers: type === undefined ? {} : { 'content-type': String(type) },
      });
    };
    const fragment = checkFragment(await render({ url, fetch, nonce, locale }));
    keep(key, fragment, reads, nonce);
    return fragment;
  };

  const warm = async (deployment: MfeDeployment) => {
    const { name } = deployment;
    for (const version of liveVersions(deployment).filter((live) => registry.fragment(name, live) !== undefined)) {
      await load(name, version).catch((err: unknown) => log.warn({ mfe: name, version, err }, 'fragment not loadable'));
    }
  };
  registry.onChange((name) => {
    const deployment = registry.deployments()[name];
    if (deployment) void warm(deployment);
  });

  return {
    async render(match, url, nonce, visitor) {
      const { name, version } = match.manifest;
      const over = new AbortController();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<undefined>((resolve) => (timer = setTimeout(resolve, budgetMs, undefined)));
      const rendering = run(match, url, nonce, visitor, over.signal);
      let isDone = false;
      try {
        const fragment = await Promise.race([rendering.finally(() => (isDone = true)), late]);
        if (!isDone) log.warn({ mfe: name, version, budgetMs }, 'fragment too late, the browser renders');
        return fragment;
      } catch (err) {
        log.warn({ mfe: name, version, err }, 'fragment failed, the browser renders');
        return undefined;
      } finally {
        clearTimeout(timer);
        if (!isDone) over.abort(); // ends what is left of a render that nobody waits for
        rendering.catch(() => undefined);
      }
    },
    async warm() {
      for (const deployment of Object.values(registry.deployments())) await warm(deployment);
    },
  };
};

/** The fragment inside the wall that the page adopts. */
export const fragmentMain = ({ manifest, route }: RouteMatch, { html }: Fragment): string =>
  `<div class="souk-wall" data-mfe="${manifest.name}" data-version="${escapeHtml(manifest.version)}" ` +
  `data-element="${route.element}">${html}</div>`;

/** What is shown until the browser has rendered the route itself. */
export const emptyMain = ({ locale }: Locale): string =>
  `<noscript><p class="souk-prose souk-notice">${wordsIn(locale).needsScript}</p></noscript>` +
  '<div class="souk-skeleton"></div>';

/** A backend that is not there answers as it would over the network: with a status, not by throwing. */
const problemAnswer = (error: unknown): Response => {
  const { problem, headers } = toProblem(error);
  const type = { 'content-type': PROBLEM_MEDIA_TYPE };
  return new Response(JSON.stringify(problem), { status: problem.status, headers: { ...type, ...headers } });
};

const checkFragment = (value: unknown): Fragment => {
  const fragment = value as Partial<Fragment> | null | undefined;
  const isStatus = Number.isInteger(fragment?.status) && fragment!.status! >= 200 && fragment!.status! <= 599;
  if (!isStatus || typeof fragment?.title !== 'string' || typeof fragment.html !== 'string') {
    throw new TypeError('the fragment must give { status, title, html }');
  }
  return fragment as Fragment;
};
