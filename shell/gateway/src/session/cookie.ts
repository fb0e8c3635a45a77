import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** Who holds a cookie: anybody who came by, or somebody who signed in. */
export type SessionKind = 'guest' | 'customer' | 'staff';

/** A session as its cookie names it. `id` is the secret: it never leaves the gateway but in the cookie itself. */
export interface SessionId {
  readonly id: string;
  readonly kind: SessionKind;
}

/** Cookies live this long after they were last set. */
const cookieMaxAgeSeconds = 30 * 24 * 60 * 60;

/** Makes and reads session cookies, `<id>.<hmac>`; nobody without the secret can make one up. */
export interface SessionCookies {
  readonly name: string;
  /** A new id of 128 random bits. */
  mint(kind: SessionKind): SessionId;
  /** Value of a `set-cookie` header. */
  write(session: SessionId): string;
  /** The session that a `cookie` header names; `undefined` when it has none or not one of ours. */
  read(header: string | undefined): SessionId | undefined;
  /** Public name of the session, safe in events, URLs and logs: it does not lead back to the id. */
  publicId(session: SessionId): string;
  /** Public name of a member of the staff: the same for one name, however it is spaced and capitalised. */
  staffId(name: string): string;
}

/** @param secure whether the shop is reached by https: then the cookie is `__Host-` and Secure */
export const sessionCookies = (secret: string, secure: boolean): SessionCookies => {
  const name = secure ? '__Host-souk_session' : 'souk_session';
  const attributes = `Path=/; Max-Age=${cookieMaxAgeSeconds}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
  const mac = (purpose: string, text: string) =>
    createHmac('sha256', secret).update(`${purpose}:${text}`).digest('base64url');

  return {
    name,
    mint: (kind) => ({ id: `${kind[0]}${randomBytes(16).toString('base64url')}`, kind }),
    write: ({ id }) => `${name}=${id}.${mac('cookie', id)}; ${attributes}`,
    read(header) {
      for (const value of cookieValues(header, name)) {
        const match = /^([gcs][A-Za-z0-9_-]{22})\.([A-Za-z0-9_-]{43})$/.exec(value);
        const [, id = '', given = ''] = match ?? [];
        if (match && timingSafeEqual(Buffer.from(given), Buffer.from(mac('cookie', id)))) {
          return { id, kind: kinds[id[0] as keyof typeof kinds] };
        }
      }
      return undefined;
    },
    publicId: ({ id }) => mac('shopper', id).slice(0, 22),
    staffId: (name) => `st_${mac('staff', sameName(name)).slice(0, 16)}`,
  };
};

/** First letter of an id. */
const kinds = { g: 'guest', c: 'customer', s: 'staff' } as const;

const sameName = (name: string): string => name.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();

/** All values that a `cookie` header has for a name: somebody may have planted another one. */
export const cookieValues = (header: string | undefined, name: string): readonly string[] =>
  (header ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
