import type { FastifyInstance, FastifyReply } from 'fastify';
import { NotFound } from '@souk/service-kit';
import { askBackend } from '../backends.ts';
import type { Backends } from '../backends.ts';
import { languages } from '../locale/locale.ts';
import { escapeHtml } from '../page/html.ts';

export interface SitemapOptions {
  readonly backends: Backends;
  /** Address of the shop. */
  readonly origin: () => string;
  /** Vouches for somebody who has no session. */
  readonly passport: () => string;
}

/** What a backend says of the pages of its micro frontend that are worth finding: `GET /api/<name>/sitemap?part=`. */
interface Part {
  readonly parts: number;
  readonly paths: readonly string[];
}

/**
 * `/robots.txt`, and `/sitemap.xml` (sitemaps.org 0.9): an index of `/sitemap-<backend>-<part>.xml`, for each backend that
 * names pages. Each page stands there in every language.
 */
export const sitemapRoutes = (app: FastifyInstance, { backends, origin, passport }: SitemapOptions): void => {
  const partOf = async (name: string, part: number): Promise<Part | undefined> => {
    if (!Object.hasOwn(backends, name) || !backends[name]) return undefined;
    const path = `/api/${name}/sitemap?part=${part}`;
    const answer = await askBackend(backends, { method: 'GET', path, passport: passport() });
    return answer.statusCode === 200 ? (answer.json<Part>() satisfies Part) : undefined;
  };

  app.get('/robots.txt', (_request, reply) =>
    reply.headers({ 'content-type': 'text/plain; charset=utf-8', ...cache }).send(robots(origin())),
  );

  app.get('/sitemap.xml', async (_request, reply) => {
    const known = await Promise.all(
      Object.keys(backends).map(async (name) => [name, (await partOf(name, 1))?.parts ?? 0] as const),
    );
    const parts = known.flatMap(([name, count]) =>
      Array.from({ length: count }, (_, index) => `${origin()}/sitemap-${name}-${index + 1}.xml`),
    );
    return xml(reply, sitemapIndex(parts));
  });

  app.get<{ Params: { name: string; part: string } }>(
    '/sitemap-:name([a-z][a-z0-9]*)-:part([1-9][0-9]{0,3}).xml',
    async (request, reply) => {
      const { name, part } = request.params;
      const known = await partOf(name, Number(part));
      if (!known || Number(part) > known.parts) throw new NotFound('no-such-page', 'there is no such sitemap');
      return xml(reply, sitemap(origin(), known.paths));
    },
  );
};

/** What crawlers need not fetch: data, and what is one visitor's own. */
export const robots = (origin: string): string =>
  `User-agent: *
Disallow: /api/
Disallow: /push
Disallow: /locale
Disallow: /desk
Disallow: /ops/
Disallow: /orders/

Sitemap: ${origin}/sitemap.xml
`;

/** An index of sitemaps. */
export const sitemapIndex = (addresses: readonly string[]): string =>
  `${head}<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${addresses.map((address) => `<sitemap><loc>${escapeHtml(address)}</loc></sitemap>`).join('\n')}
</sitemapindex>
`;

/** One sitemap: each page under its own address, with those of it in each language. */
export const sitemap = (origin: string, paths: readonly string[]): string =>
  `${head}<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
${paths
  .map((path) => {
    const others = alternates(origin + path).map(
      ([language, address]) => `<xhtml:link rel="alternate" hreflang="${language}" href="${escapeHtml(address)}"/>`,
    );
    return `<url><loc>${escapeHtml(origin + path)}</loc>${others.join('')}</url>`;
  })
  .join('\n')}
</urlset>
`;

/** The addresses of a page by language; who has none of ours gets the one without, which looks at what the browser likes. */
export const alternates = (address: string): readonly (readonly [hreflang: string, address: string])[] => [
  ...Object.keys(languages).map((language) => [language, withLanguage(address, language)] as const),
  ['x-default', address],
];

const withLanguage = (address: string, language: string): string =>
  `${address}${address.includes('?') ? '&' : '?'}lang=${language}`;

const head = '<?xml version="1.0" encoding="UTF-8"?>\n';

const cache = { 'cache-control': 'public, max-age=3600' };

const xml = (reply: FastifyReply, body: string): FastifyReply =>
  reply.headers({ 'content-type': 'application/xml; charset=utf-8', ...cache }).send(body);
