import type { IncomingMessage } from 'node:http';
import { signSession } from '@souk/service-kit';
import type { Session } from '@souk/service-kit';
import { original, type Language, type Locale } from '../locale/locale.ts';
import { wordsIn } from '../words/index.ts';
import type { Words } from '../words/en.ts';
import type { SessionCookies, SessionId } from './cookie.ts';
import { deviceIn } from './device.ts';
import type { Sessions, SignedIn } from './sessions.ts';

/** Who sent a request. */
export interface Visitor {
  readonly id: SessionId;
  /** Public name of the session: of a guest the same as the shopper's, else one of several that the shopper may have. */
  readonly sessionId: string;
  readonly session: Session;
  /** `true` when this request brought no session and got a new one. */
  readonly isNew: boolean;
  /** Value of the `souk-session` header that vouches for this visitor to the backends, for a short time. */
  readonly passport: string;
  /** What the answer speaks; absent = the original. */
  readonly locale?: Locale;
}

/** What an answer to this visitor speaks. */
export const languageOf = ({ locale = original }: Visitor): Language => locale.locale;

/** The gateway's words for this visitor. */
export const wordsOf = (visitor: Visitor): Words => wordsIn(languageOf(visitor));

/** Somebody who proved who they are. */
export type Proven =
  { readonly kind: 'customer'; readonly customerId: string } | { readonly kind: 'staff'; readonly name: string };

/** Finds out who sends a request, by its cookie; somebody without one gets a guest session. */
export interface Visitors {
  identify(req: IncomingMessage): Visitor;
  /** Whether this session goes on: one that was signed in to ends by signing out, from elsewhere, or by time. */
  isOpen(visitor: Visitor): boolean;
  /** Ends the session of this visitor, if it was signed in to. */
  signOut(visitor: Visitor): void;
  /**
   * A new session under a new id, in place of the one before: an id planted before the sign-in is worth nothing. A customer
   * shops as the customer; one of the staff goes on with the cart that was there.
   */
  signIn(proven: Proven, before: Visitor, req: IncomingMessage): Visitor;
  newGuest(): Visitor;
  /** Value of the `set-cookie` header that keeps this visitor's session. */
  cookie(visitor: Visitor): string;
}

export interface VisitorsOptions {
  readonly cookies: SessionCookies;
  readonly sessions: Sessions;
  readonly sessionSecret: string;
  readonly clock: () => Date;
}

/** Backends believe a passport at least this long. */
const passportLifetimeMs = 5 * 60_000;
/** A visitor's passports of one such span are the same, so that backends need not check each of them. */
const passportSpanMs = 60_000;

/** Guest sessions are kept nowhere: the signed cookie is all there is. Those of customers and staff are rows on the server. */
export const createVisitors = ({ cookies, sessions, sessionSecret, clock }: VisitorsOptions): Visitors => {
  const visitor = (id: SessionId, isNew: boolean, who?: SignedIn): Visitor => {
    const sessionId = cookies.publicId(id);
    const shopperId = who?.shopperId ?? sessionId;
    const session: Session =
      who?.kind === 'staff'
        ? { shopperId, roles: ['shopper', 'staff'], member: { staffId: who.holderId, name: who.name } }
        : { shopperId, roles: ['shopper'] };
    const passport = signSession(session, sessionSecret, passportEnd(clock().getTime()));
    return { id, sessionId, session, isNew, passport };
  };
  const newGuest = () => visitor(cookies.mint('guest'), true);

  return {
    newGuest,
    identify(req) {
      const id = cookies.read(req.headers.cookie);
      if (!id) return newGuest();
      if (id.kind === 'guest') return sessions.isEndedGuest(id.id) ? newGuest() : visitor(id, false);
      const who = sessions.find(id.id);
      return who === undefined ? newGuest() : visitor(id, false, who);
    },
    isOpen: ({ id, sessionId }) => id.kind === 'guest' || sessions.isOpen(sessionId),
    signIn(proven, before, req) {
      const id = cookies.mint(proven.kind);
      const device = deviceIn(req.headers['user-agent']);
      const who: SignedIn =
        proven.kind === 'customer'
          ? { ...{ kind: 'customer', name: '', device }, holderId: proven.customerId, shopperId: proven.customerId }
          : {
              ...{ kind: 'staff', name: proven.name, device },
              ...{ holderId: cookies.staffId(proven.name), shopperId: before.session.shopperId },
            };
      sessions.open(id.id, cookies.publicId(id), who);
      if (before.id.kind === 'guest') sessions.endGuest(before.id.id);
      return visitor(id, true, who);
    },
    signOut({ id, sessionId }) {
      if (id.kind !== 'guest') sessions.close(sessionId);
    },
    cookie: ({ id }) => cookies.write(id),
  };
};

const passportEnd = (nowMs: number): number => Math.ceil(nowMs / passportSpanMs) * passportSpanMs + passportLifetimeMs;

/** Ids of customers begin so; those of guests never do, as they are as long as a hash. */
const customerPrefix = 'cu_';

/** Whether a shopper has an account. */
export const isCustomer = (shopperId: string): boolean => shopperId.startsWith(customerPrefix);

/** Whether this visitor works here. */
export const isStaff = ({ session }: Visitor): boolean => session.roles.includes('staff');

/**
 * Whose messages a page hears, as a public name: its tabs share a stream. Staff hear more than the shopper they were
 * before, so the role is part of it.
 */
export const audienceOf = ({ session }: Visitor): string => [session.shopperId, ...session.roles].join('.');
