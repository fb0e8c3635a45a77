import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { reply as answerWith } from '../front/answer.ts';
import { formOf } from '../front/form-body.ts';
import { visitorOf } from '../front/visitor-of.ts';
import { ownPath } from '../page/html.ts';
import type { Pages } from '../page/pages.ts';
import type { PasswordCheck } from './password.ts';
import { signInView, signedInView } from './sign-in-view.ts';
import type { SignInView } from './sign-in-view.ts';
import { isStaff } from './visitors.ts';
import type { Visitor, Visitors } from './visitors.ts';

export interface SessionRoutesOptions {
  readonly visitors: Visitors;
  readonly password: PasswordCheck;
  readonly pages: Pages;
  /** Called when a session is over, so that whatever hangs on it ends too; the answer waits for it. */
  readonly onEnd: (ended: Visitor, next: Visitor) => Promise<unknown>;
}

/** `/sign-in` and `/sign-out`: plain forms, no script needed. */
export const sessionRoutes = (app: FastifyInstance, options: SessionRoutesOptions): void => {
  const { visitors, password, pages, onEnd } = options;

  const show = (reply: FastifyReply, visitor: Visitor, view: SignInView, status = 200, headers = {}) =>
    answerWith(reply, pages.own({ status, title: 'Sign in', main: signInView(view), headers }, visitor));
  const become = async (request: FastifyRequest, reply: FastifyReply, next: Visitor, path: string) => {
    const before = visitorOf(request.raw);
    visitors.signOut(before);
    await onEnd(before, next);
    return reply.header('set-cookie', visitors.cookie(next)).header('cache-control', 'no-store').redirect(path, 303);
  };

  app.get('/sign-in', (request, reply) => {
    const visitor = visitorOf(request.raw);
    const next = ownPath((request.query as { next?: unknown }).next);
    if (!isStaff(visitor)) return show(reply, visitor, { next: next ?? '/desk' });
    if (next) return reply.redirect(next, 303);
    return answerWith(reply, pages.own({ status: 200, title: 'Signed in', main: signedInView() }, visitor));
  });

  app.post('/sign-in', async (request, reply) => {
    const form = formOf(request);
    const visitor = visitorOf(request.raw);
    const name = (form.get('name') ?? '').trim().slice(0, 60);
    const next = ownPath(form.get('next')) ?? '/desk';
    if (name === '') return show(reply, visitor, { next, problem: 'Please say who you are.' }, 400);
    const attempt = await password.try((form.get('password') ?? '').slice(0, 200), request.ip);
    if (attempt.outcome === 'later') {
      const seconds = Math.ceil(attempt.retryAfterMs / 1000);
      const problem = `Too many wrong attempts. Please wait ${seconds} seconds.`;
      return show(reply, visitor, { next, name, problem }, 429, { 'retry-after': String(seconds) });
    }
    if (attempt.outcome === 'wrong') {
      return show(reply, visitor, { next, name, problem: 'Name or password is wrong.' }, 403);
    }
    return become(request, reply, visitors.signIn({ kind: 'staff', name }, visitor, request.raw), next);
  });

  app.post('/sign-out', (request, reply) => become(request, reply, visitors.newGuest(), '/'));
};
