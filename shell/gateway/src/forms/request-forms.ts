import type { FastifyInstance } from 'fastify';
import { NotFound } from '@souk/service-kit';
import type { Problem } from '@souk/service-kit';
import { askBackend } from '../backends.ts';
import type { Backends } from '../backends.ts';
import { wantsHtml } from '../errors/error-answer.ts';
import type { ProblemAnswer } from '../errors/error-answer.ts';
import { reply as answerWith } from '../front/answer.ts';
import { formOf } from '../front/form-body.ts';
import { visitorOf } from '../front/visitor-of.ts';
import { ownPath, refererPath } from '../page/html.ts';

/**
 * `POST /requests/<owner>:<name>`: the twin of a browser request event for a page whose scripts are not there yet.
 * The owner's backend answers under `/api/<owner>/requests/<name>`; a redirect is passed on, a problem becomes a page.
 */
export const requestForms = (app: FastifyInstance, backends: Backends, answerProblem: ProblemAnswer): void => {
  app.post('/requests/:type', async (request, reply) => {
    const [, owner, name] =
      /^([a-z][a-z0-9]*):([a-z][a-z0-9-]*)$/.exec((request.params as { type: string }).type) ?? [];
    if (!owner || !name) throw new NotFound('no-such-request', 'there is no such request');
    const { host, referer, traceparent } = request.headers;
    const visitor = visitorOf(request.raw);
    const answer = await askBackend(backends, {
      method: 'POST',
      path: `/api/${owner}/requests/${name}`,
      passport: visitor.passport,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        ...(host ? { host } : {}),
        ...(referer ? { referer } : {}),
        ...(typeof traceparent === 'string' ? { traceparent } : {}),
      },
      body: formOf(request).toString(),
    });
    if (answer.statusCode < 400) {
      const location = ownPath(answer.headers.location) ?? refererPath(referer, host) ?? '/';
      return reply.header('cache-control', 'no-store').redirect(location, 303);
    }
    const retryAfter = answer.headers['retry-after'];
    const headers = retryAfter === undefined ? undefined : { 'retry-after': String(retryAfter) };
    if (!wantsHtml(request.headers)) {
      const type = String(answer.headers['content-type'] ?? 'application/problem+json');
      return reply
        .code(answer.statusCode)
        .headers({ 'content-type': type, ...headers })
        .send(answer.rawPayload);
    }
    return answerWith(
      reply,
      answerProblem(problemIn(answer.body, answer.statusCode), request.headers, visitor, headers),
    );
  });
};

/** What the backend said; a text that is not a problem document is not shown to anybody. */
const problemIn = (body: string, status: number): Pick<Problem, 'status' | 'code' | 'detail'> => {
  try {
    const { code, detail } = JSON.parse(body) as Partial<Problem>;
    if (typeof code === 'string' && typeof detail === 'string') return { status, code, detail };
  } catch {
    // Not JSON: the general words below.
  }
  return { status, code: 'failed', detail: 'The shop could not do this. Please try again.' };
};
