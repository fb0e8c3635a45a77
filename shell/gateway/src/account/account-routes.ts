import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ApiError } from '@souk/service-kit';
import { reply as answerWith } from '../front/answer.ts';
import { formOf } from '../front/form-body.ts';
import { createRateLimit } from '../front/rate-limit.ts';
import { visitorOf } from '../front/visitor-of.ts';
import { ownPath } from '../page/html.ts';
import type { Pages } from '../page/pages.ts';
import type { Become } from '../session/become.ts';
import { deviceIn } from '../session/device.ts';
import type { Sessions } from '../session/sessions.ts';
import { isCustomer, languageOf, wordsOf } from '../session/visitors.ts';
import type { Visitor, Visitors } from '../session/visitors.ts';
import type { Words } from '../words/en.ts';
import { accountView, passkeySignIn } from './account-view.ts';
import type { Accounts, Details } from './accounts.ts';
import { refused } from './passkeys.ts';
import type { Passkeys } from './passkeys.ts';

export interface AccountRoutesOptions {
  readonly accounts: Accounts;
  /** At the address where browsers reach the shop; `undefined` where that allows none. */
  readonly passkeys: () => Passkeys | undefined;
  readonly visitors: Visitors;
  readonly sessions: Sessions;
  readonly pages: Pages;
  readonly become: Become;
  /** Ends what hangs on a session that was ended from elsewhere. */
  readonly endSession: (sessionId: string, holderId: string) => Promise<void>;
  readonly clock: () => Date;
}

/** The part of the sign-in page that is for customers. @param next where to go afterwards */
export type PasskeyPart = (visitor: Visitor, next: string) => Promise<string>;

/** Whose account a visitor has open. */
interface Self {
  readonly holderId: string;
  /** Of one of the staff. */
  readonly name?: string;
}

/** `/account`, and signing in with a passkey: plain forms that a module fills in. */
export const accountRoutes = (app: FastifyInstance, options: AccountRoutesOptions): PasskeyPart => {
  const { accounts, passkeys, visitors, sessions, pages, become, endSession, clock } = options;
  const limit = createRateLimit('too-many-attempts', 'That was too often. Please wait a moment.');

  const passkeyPart: PasskeyPart = async (visitor, next) => {
    const ceremony = passkeys();
    if (!ceremony) return passkeySignIn({ next, ceremonies: undefined }, wordsOf(visitor));
    const customerId = accounts.newCustomerId();
    const name = `Account of ${clock().toISOString().slice(0, 10)}`;
    const [signIn, register] = await Promise.all([
      ceremony.authentication(visitor.sessionId),
      ceremony.registration({ holderId: customerId, name, passkeys: [] }, visitor.sessionId),
    ]);
    return passkeySignIn({ next, ceremonies: { signIn, register, customerId } }, wordsOf(visitor));
  };

  const showAccount = async (reply: FastifyReply, visitor: Visitor, { holderId, name }: Self, problem?: string) => {
    const holder = await accounts.read(holderId);
    const details = accounts.details(holder);
    const label = name ?? (details.name || `Account of ${(holder.passkeys[0]?.addedAt ?? '').slice(0, 10)}`);
    const spoken = { words: wordsOf(visitor), language: languageOf(visitor) };
    const view = {
      passkeys: accounts.passkeys(holder),
      sessions: sessions.of(holderId),
      sessionId: visitor.sessionId,
      register: await passkeys()?.registration({ holderId, name: label, passkeys: holder.passkeys }, visitor.sessionId),
      hasPassword: name !== undefined,
      details: name === undefined ? details : undefined,
      ...(problem === undefined ? {} : { problem }),
    };
    const main = accountView(view, spoken);
    return answerWith(
      reply,
      pages.own({ status: problem ? 400 : 200, title: spoken.words.account.heading, main }, visitor),
    );
  };
  const toSignIn = async (reply: FastifyReply, visitor: Visitor, problem: string, next: string) => {
    const notice = `<p class="souk-notice souk-notice--bad" role="alert">${problem}</p>`;
    const { signIn } = wordsOf(visitor).account;
    const main = `<h1 data-written>${signIn}</h1>\n${notice}\n${await passkeyPart(visitor, next)}`;
    return answerWith(reply, pages.own({ status: 403, title: signIn, main }, visitor));
  };
  const take = (request: FastifyRequest) => limit.take(request.ip, clock().getTime());
  const ceremonyOf = (): Passkeys => {
    const ceremony = passkeys();
    if (!ceremony) throw refused();
    return ceremony;
  };

  app.post('/sign-in/passkey', async (request, reply) => {
    const visitor = visitorOf(request.raw);
    const form = formOf(request);
    const next = ownPath(form.get('next')) ?? '/account';
    take(request);
    try {
      const credential = form.get('credential') ?? '';
      const ceremony = ceremonyOf();
      const { holderId, credentialId } = ceremony.holderIn(credential);
      const holder = await accounts.read(holderId);
      const passkey = holder.passkeys.find((one) => one.credentialId === credentialId);
      if (!passkey) throw refused();
      const counter = await ceremony.prove(credential, passkey, visitor.sessionId);
      if (counter !== passkey.counter) await accounts.used(holderId, credentialId, counter);
      if (!isCustomer(holderId)) {
        const proven = { kind: 'staff', name: accounts.details(holder).name } as const;
        return await become(request, reply, visitors.signIn(proven, visitor, request.raw), next);
      }
      const { shopperId } = visitor.session;
      if (!isCustomer(shopperId)) await accounts.signedIn(holderId, shopperId);
      const proven = { kind: 'customer', customerId: holderId } as const;
      return await become(request, reply, visitors.signIn(proven, visitor, request.raw), next);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return toSignIn(reply, visitor, reasonOf(error, visitor), next);
    }
  });

  app.post('/account/register', async (request, reply) => {
    const visitor = visitorOf(request.raw);
    const form = formOf(request);
    const next = ownPath(form.get('next')) ?? '/account';
    const customerId = form.get('customer') ?? '';
    take(request);
    try {
      if (!/^cu_[A-Za-z0-9_-]{1,60}$/.test(customerId)) throw refused();
      const given = await ceremonyOf().register(form.get('credential') ?? '', customerId, visitor.sessionId);
      const label = deviceIn(request.headers['user-agent']);
      const { shopperId } = visitor.session;
      await accounts.register(
        customerId,
        given,
        label,
        detailsIn(form),
        isCustomer(shopperId) ? visitor.sessionId : shopperId,
      );
      return await become(
        request,
        reply,
        visitors.signIn({ kind: 'customer', customerId }, visitor, request.raw),
        next,
      );
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return toSignIn(reply, visitor, reasonOf(error, visitor), next);
    }
  });

  app.get('/account', async (request, reply) => {
    const visitor = visitorOf(request.raw);
    const self = selfOf(visitor);
    reply.header('cache-control', 'no-store');
    return self ? showAccount(reply, visitor, self) : reply.redirect('/sign-in?next=/account', 303);
  });

  /** A form of somebody who is signed in; `act` says what went wrong, if something did. */
  const ownForm = (
    path: string,
    act: (
      self: Self,
      form: URLSearchParams,
      request: FastifyRequest,
    ) => Promise<keyof Words['account']['problems'] | void>,
  ) =>
    app.post(path, async (request, reply) => {
      const visitor = visitorOf(request.raw);
      const self = selfOf(visitor);
      if (!self) return reply.redirect('/sign-in?next=/account', 303);
      take(request);
      try {
        const problem = await act(self, formOf(request), request);
        return problem === undefined
          ? reply.redirect('/account', 303)
          : await showAccount(reply, visitor, self, wordsOf(visitor).account.problems[problem]);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return showAccount(reply, visitor, self, reasonOf(error, visitor));
      }
    });

  ownForm('/account/passkeys', async ({ holderId, name }, form, request) => {
    const { sessionId } = visitorOf(request.raw);
    const given = await ceremonyOf().register(form.get('credential') ?? '', holderId, sessionId);
    // Who signs in with it alone has to be called something.
    if (name !== undefined) await accounts.change(holderId, { name, email: '' });
    await accounts.add(holderId, given, deviceIn(request.headers['user-agent']));
  });
  ownForm('/account/passkeys/rename', async ({ holderId }, form) => {
    const label = (form.get('label') ?? '').trim().slice(0, 60);
    if (label === '') return 'nameMissing';
    return accounts.rename(holderId, form.get('passkey') ?? '', label);
  });
  ownForm('/account/passkeys/remove', async ({ holderId, name }, form) => {
    const removed = await accounts.remove(holderId, form.get('passkey') ?? '', { mayBeLast: name !== undefined });
    return removed ? undefined : 'onlyPasskey';
  });
  ownForm('/account/details', async ({ holderId, name }, form) => {
    const details = detailsIn(form);
    if (details.email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(details.email)) return 'email';
    if (name === undefined) await accounts.change(holderId, details);
    return undefined;
  });
  ownForm('/account/sessions/end', async ({ holderId }, form) => {
    const publicId = form.get('session') ?? '';
    if (!sessions.of(holderId).some((one) => one.publicId === publicId)) return;
    sessions.close(publicId);
    await endSession(publicId, holderId);
  });

  return passkeyPart;
};

/** Why something was refused: in English by the refusal itself, which is more exact. */
const reasonOf = (error: ApiError, visitor: Visitor): string =>
  languageOf(visitor) === 'en' ? error.message : wordsOf(visitor).account.problems.refused;

const selfOf = ({ session: { member, shopperId } }: Visitor): Self | undefined => {
  if (member) return { holderId: member.staffId, name: member.name };
  return isCustomer(shopperId) ? { holderId: shopperId } : undefined;
};

const detailsIn = (form: URLSearchParams): Details => ({
  name: (form.get('given') ?? '').trim().slice(0, 100),
  email: (form.get('email') ?? '').trim().slice(0, 200),
});
