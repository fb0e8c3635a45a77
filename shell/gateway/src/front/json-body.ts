import type { FastifyInstance } from 'fastify';
import { Invalid } from '@souk/service-kit';

/** Takes JSON as a body, in the routes of this scope only. @param bodyLimit bytes */
export const acceptJson = (scope: FastifyInstance, bodyLimit = 16 * 1024): void => {
  scope.addContentTypeParser('application/json', { parseAs: 'string', bodyLimit }, (_request, body, done) => {
    try {
      done(null, JSON.parse(body as string));
    } catch (cause) {
      done(new Invalid('not-json', 'the body is not well-formed JSON', { cause }));
    }
  });
};
