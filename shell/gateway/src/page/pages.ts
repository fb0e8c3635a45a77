import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { EventChannel } from '@souk/event-channel';
import type { Compose, Composition } from '../composition/composition.ts';
import type { Answer } from '../front/answer.ts';
import { pagePolicy } from '../front/headers.ts';
import type { PolicyException } from '../front/headers.ts';
import { original } from '../locale/locale.ts';
import { originsOf, overriddenIn } from '../overrides/overrides.ts';
import type { Overrides } from '../overrides/overrides.ts';
import { audienceOf } from '../session/visitors.ts';
import type { Visitor } from '../session/visitors.ts';
import type { documentWriter } from './document.ts';
import { emptyMain, fragmentMain } from './fragments.ts';
import type { Fragments } from './fragments.ts';
import { isStaffPath, matchRoute } from './routes.ts';

/** Makes every HTML answer of the shop. */
export interface Pages {
  /** The page of a route; `undefined` when no manifest that this visitor gets has one for this path. */
  route(view: RouteView): Promise<Answer | undefined>;
  /** Whether a manifest that this visitor gets has a page for this path. */
  has(path: string, visitor: Visitor): boolean;
  /** A view of the gateway's own; `main` is HTML. */
  own(view: OwnView, visitor: Visitor | undefined): Answer;
}

/** Who asks for the page of a route. */
export interface RouteView {
  readonly url: URL;
  readonly visitor: Visitor;
  /** Modules that this session takes from a developer's own server. */
  readonly overrides: Overrides;
  readonly mayOverride: boolean;
}

/** A page that the gateway writes itself: sign-in, errors. */
export interface OwnView {
  readonly status: number;
  readonly title: string;
  readonly main: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface PagesOptions {
  readonly channel: EventChannel;
  readonly compose: Compose;
  /** Name of the log that positions count in. */
  readonly epoch: () => string;
  readonly fragments: Fragments;
  readonly write: ReturnType<typeof documentWriter>;
  readonly policyExceptions: readonly PolicyException[];
}

export const createPages = ({ channel, compose, epoch, fragments, write, policyExceptions }: PagesOptions): Pages => ({
  async route({ url, visitor, overrides, mayOverride }) {
    const composition = compose(visitor.session.shopperId, overrides);
    const match = matchRoute(composition.manifests, url.pathname);
    if (!match) return undefined;
    const nonce = newNonce();
    // Before the fragment reads anything: what happens from here on is pushed to the page, twice rather than never.
    const { roles } = visitor.session;
    const { locale = original } = visitor;
    const push = { position: await channel.lastPosition('push'), epoch: epoch(), audience: audienceOf(visitor) };
    // What a developer's server will show is not known here, so the browser renders it.
    const isDev = overriddenIn(overrides).has(match.manifest.name);
    const fragment = isDev ? undefined : await fragments.render(match, url, nonce, visitor);
    const html = write(
      {
        title: fragment?.title ?? match.route.title,
        description: fragment?.description,
        head: fragment?.head,
        main: fragment ? fragmentMain(match, fragment) : emptyMain(locale),
        match,
        push,
        roles,
        composition,
        mayOverride,
        locale,
        query: queryWithoutChoice(url),
        ...((fragment?.status ?? 200) < 300 && !isStaffPath(url.pathname) && { url }),
      },
      nonce,
    );
    const exceptions = policyExceptions.filter(({ routes }) => routes.includes(match.route.path));
    const policy = pagePolicy(nonce, exceptions, originsOf(overrides));
    return htmlAnswer(fragment?.status ?? 200, policy, html, composition);
  },
  has: (path, visitor) => matchRoute(compose(visitor.session.shopperId).manifests, path) !== undefined,
  own({ status, title, main, headers }, visitor) {
    const nonce = newNonce();
    const roles = visitor?.session.roles ?? ['shopper'];
    const composition = compose(visitor?.session.shopperId ?? '');
    const { locale = original } = visitor ?? {};
    const html = write({ title, main: `<div class="souk-prose">${main}</div>`, roles, composition, locale }, nonce);
    return htmlAnswer(status, pagePolicy(nonce), html, composition, headers);
  },
});

/** The same answer packed with brotli, when the browser takes that. */
export const packed = async (
  answer: Answer,
  acceptEncoding: string | readonly string[] | undefined,
): Promise<Answer> => {
  if (!acceptsBrotli(acceptEncoding)) return answer;
  // Quality 4 packs a page in a few milliseconds; higher ones save less than they cost at this size.
  const body = await promisify(brotliCompress)(answer.body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } });
  return { ...answer, body, headers: { ...answer.headers, 'content-encoding': 'br' } };
};

/** Whether an `accept-encoding` header allows brotli. */
export const acceptsBrotli = (header: string | readonly string[] | undefined): boolean =>
  [header ?? []]
    .flat()
    .flatMap((value) => value.split(','))
    .some((item) => /^\s*br\s*(;\s*q=(1|0\.[0-9]*[1-9][0-9]*)(\.0*)?\s*)?$/.test(item));

/** Names the set of versions that a page is made of, for tools and for the access log. */
export const deploymentHeader = 'souk-deployment';

/** What is left of a page's query when its locale is chosen anew. */
const queryWithoutChoice = ({ searchParams }: URL): string => {
  const rest = new URLSearchParams(searchParams);
  rest.delete('lang');
  rest.delete('currency');
  return rest.toString();
};

const newNonce = (): string => randomBytes(16).toString('base64url');

const htmlAnswer = (
  status: number,
  policy: string,
  body: string,
  { id }: Composition,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    // Not `no-store`: that would keep the page out of the back/forward cache.
    'cache-control': 'private, no-cache',
    vary: 'accept-encoding, accept-language, cookie',
    [deploymentHeader]: id,
    ...headers,
  },
  body,
});
