import type { FastifyInstance } from 'fastify';

/** An eight-fold star, khatim: two squares, one turned. */
const star =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">' +
  '<g fill="#0f5c63"><rect x="7" y="7" width="18" height="18"/>' +
  '<rect x="7" y="7" width="18" height="18" transform="rotate(45 16 16)"/></g>' +
  '<circle cx="16" cy="16" r="4.5" fill="#e8b26b"/></svg>';

/** The shop's icon, under the name that the document gives and the one that browsers try. */
export const faviconRoutes = (app: FastifyInstance): void => {
  for (const path of ['/favicon.svg', '/favicon.ico']) {
    app.get(path, (_request, reply) =>
      reply.headers({ 'content-type': 'image/svg+xml', 'cache-control': 'public, max-age=86400' }).send(star),
    );
  }
};
