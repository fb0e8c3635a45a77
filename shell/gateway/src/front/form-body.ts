import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Takes plain HTML forms, and nothing else, as bodies: the gateway has no JSON commands of its own. */
export const acceptForms = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(body as string));
  });
};

/** The form that came with a request; empty when none did. */
export const formOf = (request: FastifyRequest): URLSearchParams =>
  request.body instanceof URLSearchParams ? request.body : new URLSearchParams();
