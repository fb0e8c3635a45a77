import type { FastifyInstance, FastifyReply } from 'fastify';
import { reply as answerWith } from '../front/answer.ts';
import { formOf } from '../front/form-body.ts';
import { visitorOf } from '../front/visitor-of.ts';
import { ownPath } from '../page/html.ts';
import { isStaffPath } from '../page/routes.ts';
import type { Pages } from '../page/pages.ts';
import type { Become } from './become.ts';
import type { PasswordCheck } from './password.ts';
import { signInView, signedInView } from './sign-in-view.ts';
import type { SignInView } from './sign-in-view.ts';
import { isStaff, wordsOf } from './visitors.ts';
import type { Visitor, Visitors } from './visitors.ts';

export interface SessionRoutesOptions {
  readonly visitors: Visitors;
  readonly password: PasswordCheck;
  readonly pages: Pages;
  readonly become: Become;
  /** What customers sign in with, as HTML. @param next where to go afterwards */
  readonly passkeys: (visitor: Visitor, next: string) => Promise<string>;
}

/** `/sign-in` and `/sign-out`: plain forms; only a passkey needs a script. */
export const sessionRoutes = (app: FastifyInstance, options: SessionRoutesOptions): void => {
  const { visitors, password, pages, become, passkeys } = options;

  const show = async (
    reply: FastifyReply,
    visitor: Visitor,
    view: Omit<SignInView, 'passkeys'>,
    status = 200,
    headers = {},
  ) => {
    const words = wordsOf(visitor);
    const main = signInView({ ...view, passkeys: await passkeys(visitor, view.next ?? '/account') }, words);
    return answerWith(reply, pages.own({ status, title: words.account.signIn, main, headers }, visitor));
  };

  app.get('/sign-in', (request, reply) => {
    const visitor = visitorOf(request.raw);
    const next = ownPath((request.query as { next?: unknown }).next);
    if (visitor.id.kind === 'customer' && next && !isStaffPath(next)) return reply.redirect(next, 303);
    if (!isStaff(visitor)) return show(reply, visitor, { next, staffFirst: isStaffPath(next ?? '') });
    if (next) return reply.redirect(next, 303);
    const words = wordsOf(visitor);
    return answerWith(
      reply,
      pages.own({ status: 200, title: words.account.signedIn, main: signedInView(words) }, visitor),
    );
  });

  app.post('/sign-in', async (request, reply) => {
    const form = formOf(request);
    const visitor = visitorOf(request.raw);
    const name = readable(form.get('name') ?? '').slice(0, 60);
    const next = ownPath(form.get('next')) ?? '/desk';
    const again = { next, name, staffFirst: true };
    if (name === '') return show(reply, visitor, { ...again, problem: 'Please say who you are.' }, 400);
    const attempt = await password.try((form.get('password') ?? '').slice(0, 200), request.ip);
    if (attempt.outcome === 'later') {
      const seconds = Math.ceil(attempt.retryAfterMs / 1000);
      const problem = `Too many wrong attempts. Please wait ${seconds} seconds.`;
      return show(reply, visitor, { ...again, problem }, 429, { 'retry-after': String(seconds) });
    }
    if (attempt.outcome === 'wrong') {
      return show(reply, visitor, { ...again, problem: 'Name or password is wrong.' }, 403);
    }
    return become(request, reply, visitors.signIn({ kind: 'staff', name }, visitor, request.raw), next);
  });

  app.post('/sign-out', (request, reply) => become(request, reply, visitors.newGuest(), '/'));
};

/** Without what nobody sees: two names that look alike are one, and none turns round what is written beside it. */
function readable(name: string): string {
  return name
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '')
    .trim();
}
