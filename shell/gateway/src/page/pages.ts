import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliCompress, constants, createBrotliCompress } from 'node:zlib';
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
import type { DocumentWriter } from './document.ts';
import { emptyMain, fragmentMain } from './fragments.ts';
import type { Fragment, Fragments } from './fragments.ts';
import { isStaffPath, matchRoute } from './routes.ts';
import { sharing } from './sharing.ts';
import { createTemplate } from './template.ts';
import type { Template } from './template.ts';

/** Makes every HTML answer of the shop. */
export interface Pages {
  /** The page of a route; `undefined` when no manifest that this visitor gets has one for this path. */
  route(view: RouteView): Promise<PageAnswer | undefined>;
  /** Whether a manifest that this visitor gets has a page for this path. */
  has(path: string, visitor: Visitor): boolean;
  /** A view of the gateway's own; `main` is HTML. */
  own(view: OwnView, visitor: Visitor | undefined): Answer;
}

/** A page before it is packed: its text, a template to fill in, or the parts of a text that is still being made. */
export interface PageAnswer extends Pick<Answer, 'status' | 'headers'> {
  readonly body: string | Filling | AsyncIterable<string>;
}

/** A page that is ready but for what belongs to this very answer. */
interface Filling {
  plain(): Buffer;
  packed(): Buffer;
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
  readonly write: DocumentWriter;
  readonly policyExceptions: readonly PolicyException[];
}

/** A fragment that is not there by then does not keep the head waiting, in milliseconds. */
const graceMs = 10;

/** Stand in the text of a page for what belongs to one answer; random, so that no other text can hold them. */
const marks = { nonce: randomText(22), position: `"${randomText(16)}"`, audience: randomText(200) } as const;

export const createPages = ({ channel, compose, epoch, fragments, write, policyExceptions }: PagesOptions): Pages => {
  const lastPosition = sharing(() => channel.lastPosition('push'));
  const templates = keepTemplates();

  return {
    async route({ url, visitor, overrides, mayOverride }) {
      const composition = compose(visitor.session.shopperId, overrides);
      const match = matchRoute(composition.manifests, url.pathname);
      if (!match) return undefined;
      const nonce = newNonce();
      // Before the fragment reads anything: what happens from here on is pushed to the page, twice rather than never.
      const { roles } = visitor.session;
      const position = String(await lastPosition());
      const audience = audienceOf(visitor);
      const { locale = original } = visitor;
      const common = { match, roles, composition, mayOverride, locale, query: queryWithoutChoice(url) };
      const textOf = (fragment: Fragment | undefined) => ({
        ...common,
        title: fragment?.title ?? match.route.title,
        description: fragment?.description,
        head: fragment?.head,
        main: fragment ? fragmentMain(match, fragment) : emptyMain(locale),
        ...((fragment?.status ?? 200) < 300 && !isStaffPath(url.pathname) && { url }),
      });
      const restOf = (fragment: Fragment | undefined) =>
        write
          .rest({ ...textOf(fragment), push: { position, epoch: epoch(), audience } }, nonce)
          .replaceAll(marks.nonce, nonce);
      const exceptions = policyExceptions.filter(({ routes }) => routes.includes(match.route.path));
      const policy = pagePolicy(nonce, exceptions, originsOf(overrides));
      const answerWith = (status: number, body: PageAnswer['body'], headers: Answer['headers'] = {}): PageAnswer => ({
        ...{ status, body },
        headers: { ...htmlHeaders(policy, composition), ...headers },
      });

      // What a developer's server will show is not known here, so the browser renders it.
      const isDev = overriddenIn(overrides).has(match.manifest.name);
      const rendering = isDev ? Promise.resolve(undefined) : fragments.render(match, url, marks.nonce, visitor);
      // Where a part of the path is a name there may be nothing of that name: the status goes first, and is not known yet.
      const mayGoAhead = !match.route.path.includes(':');
      if (mayGoAhead && (await isLate(rendering))) return answerWith(200, parts());
      const fragment = await rendering;
      const status = fragment?.status ?? 200;
      const template =
        fragment && Object.keys(overrides).length === 0
          ? templates.of(
              fragment,
              [composition.id, roles, mayOverride, epoch(), audience.length, ...Object.values(locale)].join(),
              () => {
                const push = { position: marks.position.slice(1, -1), epoch: epoch() };
                const marked = {
                  ...textOf(fragment),
                  push: { ...push, audience: marks.audience.slice(0, audience.length) },
                };
                return [write.head(common, marks.nonce) + write.rest(marked, marks.nonce), audience.length];
              },
            )
          : undefined;
      if (!template) return answerWith(status, write.head(common, nonce) + restOf(fragment));
      const values = [nonce, `"${position}"`.padEnd(marks.position.length), audience];
      const filling = { plain: () => template.plain(values), packed: () => template.packed(values) };
      return answerWith(status, filling, { etag: `W/"${template.name}-${audience}-${position}"` });

      async function* parts(): AsyncGenerator<string> {
        yield write.head(common, nonce);
        yield restOf(await rendering);
      }
    },
    has: (path, visitor) => matchRoute(compose(visitor.session.shopperId).manifests, path) !== undefined,
    own({ status, title, main, headers }, visitor) {
      const nonce = newNonce();
      const roles = visitor?.session.roles ?? ['shopper'];
      const composition = compose(visitor?.session.shopperId ?? '');
      const { locale = original } = visitor ?? {};
      const content = { title, main: `<div class="souk-prose">${main}</div>`, roles, composition, locale };
      const body = write.head(content, nonce) + write.rest(content, nonce);
      return { status, headers: { ...htmlHeaders(pagePolicy(nonce), composition), ...headers }, body };
    },
  };
};

const isLate = (rendering: Promise<unknown>): Promise<boolean> =>
  new Promise((resolve) => {
    const late = setTimeout(resolve, graceMs, true);
    const inTime = () => {
      clearTimeout(late);
      resolve(false);
    };
    rendering.then(inTime, inTime);
  });

interface NamedTemplate extends Template {
  /** Another one for any other text. */
  readonly name: string;
}

/** Templates of the pages around a fragment, for as long as that is kept; made when it is asked for the second time. */
const keepTemplates = () => {
  const byFragment = new WeakMap<Fragment, Map<string, NamedTemplate | 'seen' | 'making'>>();
  return {
    /** @param make text with {@link marks}, and how long the audience is */
    of(fragment: Fragment, key: string, make: () => readonly [string, number]): NamedTemplate | undefined {
      const known = byFragment.get(fragment) ?? new Map<string, NamedTemplate | 'seen' | 'making'>();
      byFragment.set(fragment, known);
      const state = known.get(key);
      if (typeof state === 'object') return state;
      known.set(key, state === undefined ? 'seen' : 'making');
      if (state !== 'seen') return undefined;
      const [text, audienceLength] = make();
      const name = createHash('sha256').update(text).digest('base64url').slice(0, 12);
      createTemplate(text, [marks.nonce, marks.position, marks.audience.slice(0, audienceLength)]).then(
        // One that did not come out is tried again when the page is asked for again.
        (template) => known.set(key, template ? { ...template, name } : 'seen'),
        () => known.set(key, 'seen'),
      );
      return undefined;
    },
  };
};

/** The same answer packed with brotli, when the browser takes that. */
export const packed = async (
  { status, headers, body }: PageAnswer,
  acceptEncoding: string | readonly string[] | undefined,
): Promise<Pick<Answer, 'status' | 'headers'> & { readonly body: string | Buffer | Readable }> => {
  const isWanted = acceptsBrotli(acceptEncoding);
  const packedHeaders = isWanted ? { ...headers, 'content-encoding': 'br' } : headers;
  if (typeof body === 'string') {
    // Quality 4 packs a page in a few milliseconds; higher ones save less than they cost at this size.
    const content = isWanted ? await promisify(brotliCompress)(body, { params: quality4 }) : body;
    return { status, headers: packedHeaders, body: content };
  }
  if ('packed' in body) return { status, headers: packedHeaders, body: isWanted ? body.packed() : body.plain() };
  const stream = Readable.from(body, { objectMode: false });
  if (!isWanted) return { status, headers, body: stream };
  // Each part goes out when it is there.
  const packing = createBrotliCompress({ flush: constants.BROTLI_OPERATION_FLUSH, params: quality4 });
  return { status, headers: packedHeaders, body: stream.pipe(packing) };
};

const quality4 = { [constants.BROTLI_PARAM_QUALITY]: 4 };

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

const newNonce = (): string => randomText(22);

function randomText(length: number): string {
  return randomBytes(length).toString('base64url').slice(0, length);
}

const htmlHeaders = (policy: string, { id }: Composition): Readonly<Record<string, string>> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': policy,
  // Not `no-store`: that would keep the page out of the back/forward cache.
  'cache-control': 'private, no-cache',
  vary: 'accept-encoding, accept-language, cookie',
  [deploymentHeader]: id,
});
