import { createHmac, timingSafeEqual } from 'node:crypto';
import { Forbidden, Unauthenticated } from './api-error.ts';

export type Role = 'shopper' | 'staff';

/** Who asks, as the gateway vouches for it. */
export interface Session {
  /** Stable, and safe to show and store: derived from the cookie, never the cookie itself. */
  readonly shopperId: string;
  readonly roles: readonly Role[];
  /** Who of the staff it is, where the gateway knows. */
  readonly member?: StaffMember;
}

/** One of the staff, told apart by the name given at the sign-in; nobody has proved it but by the shop's one password. */
export interface StaffMember {
  /** The same for the same name, on every device and at every sign-in. */
  readonly staffId: string;
  /** As it was typed. */
  readonly name: string;
}

/** Name of the request header that carries the signed session from the gateway to the backends. */
export const SESSION_HEADER = 'souk-session';

const ROLES: readonly unknown[] = ['shopper', 'staff'] satisfies readonly Role[];
const MAX_HEADER_CHARS = 2048;
/** Passports remembered as good, each at most {@link MAX_HEADER_CHARS} long; the oldest goes first. */
const MAX_REMEMBERED = 2000;

interface Verified {
  readonly session: Session;
  /** Milliseconds since 1970. */
  readonly expiresAt: number;
}

/**
 * The header value that vouches for a session: `base64url(json).hmac`.
 * @param secret shared by gateway and backends, 32 characters or more
 * @param expiresAt end of validity
 */
export function signSession(session: Session, secret: string, expiresAt: Date | number): string {
  const expiresAtMs = typeof expiresAt === 'number' ? expiresAt : expiresAt.getTime();
  const { shopperId: sub, roles, member } = session;
  const json = JSON.stringify({ sub, roles, exp: expiresAtMs, ...(member && { member }) });
  const payload = Buffer.from(json).toString('base64url');
  return `${payload}.${sign(payload, secret).toString('base64url')}`;
}

/**
 * The session that a header vouches for.
 * @throws {Unauthenticated} with code `unauthenticated` (missing or forged) or `session-expired`
 */
export function verifySession(header: unknown, secret: string, nowMs: number = Date.now()): Session {
  return verify(header, secret, nowMs).session;
}

/**
 * {@link verifySession} for many requests with few passports: what was found good is remembered until it is over, and
 * nothing else is, so that nobody can fill the memory with forgeries.
 */
export function sessionVerifier(secret: string): (header: unknown, nowMs: number) => Session {
  const good = new Map<string, Verified>();

  return (header, nowMs) => {
    const known = typeof header === 'string' ? good.get(header) : undefined;
    if (known !== undefined && nowMs < known.expiresAt) return known.session;
    const verified = verify(header, secret, nowMs);
    if (good.size >= MAX_REMEMBERED) good.delete(good.keys().next().value!);
    good.set(header as string, verified);
    return verified.session;
  };
}

/**
 * Guard of a route for the staff: `{ preHandler: requireStaff }`.
 * @throws {Forbidden} with code `staff-only`
 */
export async function requireStaff(request: { readonly session: Session }): Promise<void> {
  if (!request.session.roles.includes('staff')) throw new Forbidden('staff-only', 'this is for the staff');
}

function verify(header: unknown, secret: string, nowMs: number): Verified {
  if (typeof header !== 'string' || header.length > MAX_HEADER_CHARS) throw new Unauthenticated();
  const [payload, signature, ...rest] = header.split('.');
  if (payload === undefined || signature === undefined || rest.length > 0) throw new Unauthenticated();
  const expected = sign(payload, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Unauthenticated();
  const { sub, roles, exp, member } = parse(payload);
  if (typeof sub !== 'string' || typeof exp !== 'number' || !Array.isArray(roles)) throw new Unauthenticated();
  if (exp <= nowMs) throw new Unauthenticated('session-expired', 'the session is over');
  const known = roles.filter((role): role is Role => ROLES.includes(role));
  // Several requests may share it.
  const session = {
    shopperId: sub,
    roles: Object.freeze(known),
    ...(isMember(member) && { member: Object.freeze(member) }),
  };
  return { session: Object.freeze(session), expiresAt: exp };
}

function isMember(value: unknown): value is StaffMember {
  const { staffId, name } = (value ?? {}) as Partial<Record<keyof StaffMember, unknown>>;
  return typeof staffId === 'string' && typeof name === 'string';
}

function sign(payload: string, secret: string): Buffer {
  return createHmac('sha256', secret).update(`souk-session.${payload}`).digest();
}

function parse(payload: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (cause) {
    throw new Unauthenticated(undefined, undefined, { cause });
  }
}
