import type { IncomingMessage } from 'node:http';
import { signSession } from '@souk/service-kit';
import type { Session } from '@souk/service-kit';
import type { SessionCookies, SessionId } from './cookie.ts';
import type { StaffSessions } from './staff-sessions.ts';

/** Who sent a request. */
export interface Visitor {
  readonly id: SessionId;
  readonly session: Session;
  /** `true` when this request brought no session and got a new one. */
  readonly isNew: boolean;
  /** Value of the `souk-session` header that vouches for this visitor to the backends, for a short time. */
  readonly passport: string;
}

/** Finds out who sends a request, by its cookie; somebody without one gets a guest session. */
export interface Visitors {
  identify(req: IncomingMessage): Visitor;
  /** Whether this session goes on: one of staff ends by signing out, or by time. */
  isOpen(visitor: Visitor): boolean;
  /** Ends the staff session of this visitor, if it is one. */
  signOut(visitor: Visitor): void;
  /** A new staff session under a new id, so that an id planted before the sign-in is worth nothing. */
  signIn(name: string): Visitor;
  newGuest(): Visitor;
  /** Value of the `set-cookie` header that keeps this visitor's session. */
  cookie(visitor: Visitor): string;
}

export interface VisitorsOptions {
  readonly cookies: SessionCookies;
  readonly staff: StaffSessions;
  readonly sessionSecret: string;
  readonly clock: () => Date;
}

/** Backends believe a passport at least this long. */
const passportLifetimeMs = 5 * 60_000;
/** A visitor's passports of one such span are the same, so that backends need not check each of them. */
const passportSpanMs = 60_000;

/** Guest sessions are kept nowhere: the signed cookie is all there is. Staff sessions are rows on the server. */
export const createVisitors = ({ cookies, staff, sessionSecret, clock }: VisitorsOptions): Visitors => {
  const visitor = (id: SessionId, isNew: boolean, name?: string): Visitor => {
    const shopperId = cookies.shopperId(id);
    const session: Session =
      name === undefined
        ? { shopperId, roles: ['shopper'] }
        : { shopperId, roles: ['shopper', 'staff'], member: { staffId: cookies.staffId(name), name } };
    const passport = signSession(session, sessionSecret, passportEnd(clock().getTime()));
    return { id, session, isNew, passport };
  };
  const newGuest = () => visitor(cookies.mint('guest'), true);

  return {
    newGuest,
    identify(req) {
      const id = cookies.read(req.headers.cookie);
      if (!id) return newGuest();
      if (id.kind === 'guest') return visitor(id, false);
      const name = staff.nameOf(id.id);
      return name === undefined ? newGuest() : visitor(id, false, name);
    },
    isOpen: ({ id }) => id.kind === 'guest' || staff.isOpen(id.id),
    signIn(name) {
      const id = cookies.mint('staff');
      staff.open(id.id, name);
      return visitor(id, true, name);
    },
    signOut({ id }) {
      if (id.kind === 'staff') staff.close(id.id);
    },
    cookie: ({ id }) => cookies.write(id),
  };
};

const passportEnd = (nowMs: number): number => Math.ceil(nowMs / passportSpanMs) * passportSpanMs + passportLifetimeMs;

/** Whether this visitor works here. */
export const isStaff = ({ session }: Visitor): boolean => session.roles.includes('staff');

/**
 * Whose messages a page hears, as a public name: its tabs share a stream. Staff hear more than the shopper they were
 * before, so the role is part of it.
 */
export const audienceOf = ({ session }: Visitor): string => [session.shopperId, ...session.roles].join('.');
