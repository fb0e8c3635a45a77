import { CategoryList, Home, Product, ProductList, ProductQuery, Suggestions, type Picture } from '@souk/catalog-api';
import {
  Invalid,
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
import { featuredProducts, listCategories, suggest } from '../projections/products/browse.ts';
import { getProduct } from '../projections/products/get-product.ts';
import { listProducts } from '../projections/products/list-products.ts';
import type { Shelves } from '../shelves.ts';

export interface BrowseOptions {
  readonly db: Database;
  readonly products: Projection;
  readonly shelves: Shelves;
  /** Picture at the top of the home page. */
  readonly hero: Picture | undefined;
}

const defaultPageSize = 24;
const featuredCount = 8;
const suggestionCount = 6;
const maxOptionFilters = 10;

/** What a shopper asks the catalogue. All of it is read from the projection; nothing here changes anything. */
export function addBrowseRoutes(app: SoukApp, { db, products, shelves, hero }: BrowseOptions): void {
  const tags = ['browse'];

  // Another version of this code may answer otherwise at the same position, and another log has positions of its own.
  const start = randomUUID();

  /** Until the next start the catalogue moves only with its position: who is at it gets 304 before any query runs. */
  const preHandler = async (request: FastifyRequest, reply: FastifyReply) => {
    if (notModified(request, reply, positionTag(products.position(), `${start} ${request.url}`)))
      return reply.code(304).send();
  };

  app.get(
    '/api/catalog/products',
    {
      preHandler,
      schema: { tags, summary: 'Search and narrow down', querystring: ProductQuery, response: { 200: ProductList } },
    },
    async (request) => {
      const { q, category, sort = 'relevance', page = 1, pageSize = defaultPageSize } = request.query;
      const options = optionFilters(request.url);
      const list = listProducts(db, shelves, { q, category, options, sort, page, pageSize });
      if (!list) throw new NotFound('unknown-category', 'there is no such category');
      if (page > 1 && list.products.length === 0) throw new NotFound('unknown-page', 'the list has fewer pages');
      return list;
    },
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
      const product = getProduct(db, request.params.slug);
      if (!product) throw new NotFound('unknown-product', 'there is no such product');
      return product;
    },
  );

  app.get(
    '/api/catalog/categories',
    { preHandler, schema: { tags, summary: 'The shelves', response: { 200: CategoryList } } },
    async () => ({ categories: listCategories(db, shelves) }),
  );

  app.get(
    '/api/catalog/home',
    { preHandler, schema: { tags, summary: 'The front of the shop', response: { 200: Home } } },
    async () => ({
      ...(hero ? { hero } : {}),
      categories: listCategories(db, shelves),
      featured: featuredProducts(db, featuredCount),
    }),
  );

  app.get(
    '/api/catalog/suggestions',
    {
      preHandler,
      schema: {
        tags,
        summary: 'Products whose words begin like this',
        querystring: Type.Object({ q: Type.String({ maxLength: 200 }) }),
        response: { 200: Suggestions },
      },
    },
    async (request) => suggest(db, request.query.q, suggestionCount),
  );
}

/** `option.Glaze=cobalt&option.Glaze=bone` as a map; the names are the shop's, so no schema can list them. */
function optionFilters(url: string): Map<string, string[]> {
  const filters = new Map<string, string[]>();
  for (const [key, value] of new URL(url, 'http://souk').searchParams) {
    if (!key.startsWith('option.') || value === '') continue;
    const name = key.slice('option.'.length);
    filters.set(name, [...(filters.get(name) ?? []), value]);
  }
  const count = [...filters.values()].reduce((sum, values) => sum + values.length, 0);
  if (count > maxOptionFilters)
    throw new Invalid('too-many-filters', `at most ${maxOptionFilters} option values can be chosen at once`);
  return filters;
}
