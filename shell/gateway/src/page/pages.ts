import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import type { EventChannel } from '@souk/event-channel';
import type { Registry } from '@souk/shell-registry';
import type { Answer } from '../front/answer.ts';
import { pagePolicy } from '../front/headers.ts';
import type { PolicyException } from '../front/headers.ts';
import { audienceOf } from '../session/visitors.ts';
import type { Visitor } from '../session/visitors.ts';
import type { documentWriter } from './document.ts';
import { emptyMain, fragmentMain } from './fragments.ts';
import type { Fragments } from './fragments.ts';
import { matchRoute } from './routes.ts';

/** Makes every HTML answer of the shop. */
export interface Pages {
  /** The page of a route; `undefined` when no live manifest has one for this path. */
  route(url: URL, visitor: Visitor): Promise<Answer | undefined>;
  /** Whether a live manifest has a page for this path. */
  has(path: string): boolean;
  /** A view of the gateway's own; `main` is HTML. */
  own(view: OwnView, visitor: Visitor | undefined): Answer;
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
  readonly registry: Registry;
  /** Name of the log that positions count in. */
  readonly epoch: () => string;
  readonly fragments: Fragments;
  readonly write: ReturnType<typeof documentWriter>;
  readonly policyExceptions: readonly PolicyException[];
}

export const createPages = ({ channel, registry, epoch, fragments, write, policyExceptions }: PagesOptions): Pages => ({
  async route(url, visitor) {
    const match = matchRoute(registry.live(), url.pathname);
    if (!match) return undefined;
    const nonce = newNonce();
    // Before the fragment reads anything: what happens from here on is pushed to the page, twice rather than never.
    const { roles } = visitor.session;
    const push = { position: await channel.lastPosition('push'), epoch: epoch(), audience: audienceOf(visitor) };
    const fragment = await fragments.render(match, url, nonce, visitor.passport);
    const html = write(
      {
        title: fragment?.title ?? match.route.title,
        description: fragment?.description,
        head: fragment?.head,
        main: fragment ? fragmentMain(match, fragment) : emptyMain,
        match,
        push,
        roles,
      },
      nonce,
    );
    const exceptions = policyExceptions.filter(({ routes }) => routes.includes(match.route.path));
    return htmlAnswer(fragment?.status ?? 200, pagePolicy(nonce, exceptions), html);
  },
  has: (path) => matchRoute(registry.live(), path) !== undefined,
  own({ status, title, main, headers }, visitor) {
    const nonce = newNonce();
    const roles = visitor?.session.roles ?? ['shopper'];
    return htmlAnswer(
      status,
      pagePolicy(nonce),
      write({ title, main: `<div class="souk-prose">${main}</div>`, roles }, nonce),
      headers,
    );
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

const newNonce = (): string => randomBytes(16).toString('base64url');

const htmlAnswer = (
  status: number,
  policy: string,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): Answer => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    // Not `no-store`: that would keep the page out of the back/forward cache.
    'cache-control': 'private, no-cache',
    vary: 'accept-encoding, cookie',
    ...headers,
  },
  body,
});
