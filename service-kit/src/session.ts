import { createHmac, timingSafeEqual } from 'node:crypto';
import { Forbidden, Unauthenticated } from './api-error.ts';

export type Role = 'shopper' | 'staff';

/** Who asks, as the gateway vouches for it. */
export interface Session {
  /** Stable, and safe to show and store: derived from the cookie, never the cookie itself. */
  readonly shopperId: string;
  readonly roles: readonly Role[];
}

/** Name of the request header that carries the signed session from the gateway to the backends. */
export const SESSION_HEADER = 'souk-session';

const ROLES: readonly unknown[] = ['shopper', 'staff'] satisfies readonly Role[];
const MAX_HEADER_CHARS = 2048;

/**
 * The header value that vouches for a session: `base64url(json).hmac`.
 * @param secret shared by gateway and backends, 32 characters or more
 * @param expiresAt end of validity
 */
export function signSession(session: Session, secret: string, expiresAt: Date | number): string {
  const expiresAtMs = typeof expiresAt === 'number' ? expiresAt : expiresAt.getTime();
  const json = JSON.stringify({ sub: session.shopperId, roles: session.roles, exp: expiresAtMs });
  const payload = Buffer.from(json).toString('base64url');
  return `${payload}.${sign(payload, secret).toString('base64url')}`;
}

/**
 * The session that a header vouches for.
 * @throws {Unauthenticated} with code `unauthenticated` (missing or forged) or `session-expired`
 */
export function verifySession(header: unknown, secret: string, nowMs: number = Date.now()): Session {
  if (typeof header !== 'string' || header.length > MAX_HEADER_CHARS) throw new Unauthenticated();
  const [payload, signature, ...rest] = header.split('.');
  if (payload === undefined || signature === undefined || rest.length > 0) throw new Unauthenticated();
  const expected = sign(payload, secret);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw new Unauthenticated();
  const { sub, roles, exp } = parse(payload);
  if (typeof sub !== 'string' || typeof exp !== 'number' || !Array.isArray(roles)) throw new Unauthenticated();
  if (exp <= nowMs) throw new Unauthenticated('session-expired', 'the session is over');
  return { shopperId: sub, roles: roles.filter((role): role is Role => ROLES.includes(role)) };
}

/**
 * Guard of a route for the staff: `{ preHandler: requireStaff }`.
 * @throws {Forbidden} with code `staff-only`
 */
export async function requireStaff(request: { readonly session: Session }): Promise<void> {
  if (!request.session.roles.includes('staff')) throw new Forbidden('staff-only', 'this is for the staff');
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
