import { CategoryList, Home, Product, ProductList, ProductQuery, Suggestions, type Picture } from '@souk/catalog-api';
import {
  Gone,
  NotFound,
  notModified,
  positionTag,
  type Database,
  type Projection,
  type SoukApp,
} from '@souk/service-kit';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Type } from 'typebox';
import { featuredProducts, listCategories } from '../projections/products/browse.ts';
import { formerProduct, getProduct, relatedTo } from '../projections/products/get-product.ts';
import type { ProductSearch } from '../search/product-search.ts';
import type { Shelves } from '../shelves.ts';
import { listProducts, suggest } from './list.ts';

export interface BrowseOptions {
  readonly db: Database;
  readonly products: Projection;
  readonly search: ProductSearch;
  readonly shelves: Shelves;
  /** Picture at the top of the home page. */
  readonly hero: Picture | undefined;
}

const featuredCount = 8;

/** What a shopper asks the catalogue. All of it is read from the projection; nothing here changes anything. */
export function addBrowseRoutes(app: SoukApp, { db, products, search, shelves, hero }: BrowseOptions): void {
  const tags = ['browse'];
  const sources = { db, search, shelves };

  // Another version of this code may answer otherwise at the same position, and another log has positions of its own.
  const start = randomUUID();

  /** Until the next start the catalogue moves only with its position: who is at it gets 304 before any query runs. */
  const preHandler = async (request: FastifyRequest, reply: FastifyReply) => {
    // The same for everybody, so that the gateway may keep what it made of it, as long as it asks each time.
    reply.header('cache-control', 'public, no-cache');
    if (notModified(request, reply, positionTag(products.position(), `${start} ${request.url}`)))
      return reply.code(304).send();
  };

  app.get(
    '/api/catalog/products',
    {
      preHandler,
      schema: { tags, summary: 'Search and narrow down', querystring: ProductQuery, response: { 200: ProductList } },
    },
    async (request) => listProducts(sources, request.query, request.url),
  );

  app.get(
    '/api/catalog/products/:slug',
    {
      preHandler,
      schema: {
        tags,
        summary: 'One product with its variants',
        params: Type.Object({ slug: Type.String({ maxLength: 200 }) }),
        response: { 200: Product },
      },
    },
    async (request) => {
      const { slug } = request.params;
      const product = getProduct(db, slug);
      if (product) return { ...product, related: relatedTo(db, search, slug) };
      const former = formerProduct(db, slug);
      if (former) throw new Gone('former-product', 'this product is no longer sold', { details: { product: former } });
      throw new NotFound('unknown-product', 'there is no such product');
    },
  );

  app.get(
    '/api/catalog/categories',
    { preHandler, schema: { tags, summary: 'The shelves', response: { 200: CategoryList } } },
    async () => ({ categories: listCategories(db, search, shelves) }),
  );

  app.get(
    '/api/catalog/home',
    { preHandler, schema: { tags, summary: 'The front of the shop', response: { 200: Home } } },
    async () => ({
      ...(hero ? { hero } : {}),
      categories: listCategories(db, search, shelves),
      featured: featuredProducts(db, search, featuredCount),
    }),
  );

  app.get(
    '/api/catalog/suggestions',
    {
      preHandler,
      schema: {
        tags,
        summary: 'Where what was typed so far may lead',
        querystring: Type.Object({ q: Type.String({ maxLength: 200 }) }),
        response: { 200: Suggestions },
      },
    },
    async (request) => suggest(sources, request.query.q),
  );
}
