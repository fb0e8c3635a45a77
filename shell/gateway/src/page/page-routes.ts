import type { FastifyInstance } from 'fastify';
import { NotFound } from '@souk/service-kit';
import { maybeVisitorOf } from '../front/visitor-of.ts';
import { mayOverride } from '../overrides/overrides.ts';
import type { OverrideCookie } from '../overrides/override-cookie.ts';
import { isStaff } from '../session/visitors.ts';
import { packed } from './pages.ts';
import type { Pages } from './pages.ts';
import { isStaffPath } from './routes.ts';

export interface PageRoutesOptions {
  readonly pages: Pages;
  /** Address of the shop. */
  readonly origin: () => string;
  readonly overrideCookie: OverrideCookie;
}

/** Every path that nobody else serves: a page of a live manifest, or 404. */
export const pageRoutes = (app: FastifyInstance, { pages, origin, overrideCookie }: PageRoutesOptions): void => {
  app.get('/*', async (request, reply) => {
    const visitor = maybeVisitorOf(request.raw);
    // Beside the files and addresses that are the same for everybody there are no pages.
    if (!visitor) throw new NotFound('no-such-page', 'there is no page under this address');
    // Joined as text: `//host/path` must stay a path of ours.
    const url = new URL(origin() + request.raw.url);
    if (isStaffPath(url.pathname) && !isStaff(visitor)) {
      const next = encodeURIComponent(url.pathname + url.search);
      return reply.header('cache-control', 'no-store').redirect(`/sign-in?next=${next}`, 303);
    }
    const may = mayOverride(request.raw, visitor);
    const overrides = may ? overrideCookie.read(visitor.id, request.headers.cookie) : {};
    const page = await pages.route({ url, visitor, overrides, mayOverride: may });
    const withoutSlash = url.pathname.replace(/\/+$/, '');
    if (!page && withoutSlash !== url.pathname && pages.has(withoutSlash, visitor)) {
      return reply.redirect(withoutSlash + url.search, 308);
    }
    if (!page) throw new NotFound('no-such-page', 'there is no page under this address');
    if (page.headers['etag'] !== undefined && page.headers['etag'] === request.headers['if-none-match']) {
      // The browser goes on with the page it has, whose scripts have the nonce of the policy that came with it.
      reply.raw.removeHeader('content-security-policy');
      return reply
        .code(304)
        .headers({ etag: page.headers['etag'], vary: page.headers['vary'] ?? '' })
        .send();
    }
    const { status, headers, body } = await packed(page, request.headers['accept-encoding']);
    return reply.code(status).headers(headers).send(body);
  });
};
