import type { Database, SoukApp } from '@souk/service-kit';
import { Type } from 'typebox';

/** Products that one part names; with three languages of each it stays far below the 50 MB that a sitemap may have. */
const partSize = 10_000;

const SitemapPart = Type.Object({
  parts: Type.Integer({ minimum: 1, description: 'how many parts there are' }),
  paths: Type.Array(Type.String()),
});

/** `GET /api/catalog/sitemap?part=`: the addresses of the pages that are worth finding, for whoever writes the sitemap. */
export const addSitemapRoute = (app: SoukApp, { db }: SitemapOptions): void => {
  app.get(
    '/api/catalog/sitemap',
    {
      schema: {
        tags: ['browse'],
        summary: 'Paths of all pages',
        querystring: Type.Object({ part: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })) }),
        response: { 200: SitemapPart },
      },
    },
    async (request) => {
      const { part = 1 } = request.query;
      const count = db.get<{ count: number }>('SELECT count(*) AS count FROM products WHERE active')!.count;
      const slugs = db.all<{ slug: string }>(
        'SELECT slug FROM products WHERE active ORDER BY id LIMIT ? OFFSET ?',
        partSize,
        (part - 1) * partSize,
      );
      const shelves = db.all<{ category: string }>('SELECT DISTINCT category FROM products WHERE active');
      const first = part === 1 ? ['/', ...shelves.map(({ category }) => `/c/${encodeURIComponent(category)}`)] : [];
      return {
        parts: Math.max(1, Math.ceil(count / partSize)),
        paths: [...first, ...slugs.map(({ slug }) => `/p/${encodeURIComponent(slug)}`)],
      };
    },
  );
};

export interface SitemapOptions {
  readonly db: Database;
}
