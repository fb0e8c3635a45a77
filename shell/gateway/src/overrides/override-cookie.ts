import { createHmac, timingSafeEqual } from 'node:crypto';
import { Invalid } from '@souk/service-kit';
import { cookieValues } from '../session/cookie.ts';
import type { SessionId } from '../session/cookie.ts';
import { readOverrides } from './overrides.ts';
import type { Overrides } from './overrides.ts';

/** Keeps the overrides of one session in a cookie of its own, which is worth nothing in any other session. */
export interface OverrideCookie {
  /** Value of a `set-cookie` header; none at all ends them. @throws {Invalid} more than a cookie holds */
  write(session: SessionId, overrides: Overrides): string;
  /** What a `cookie` header says for this session; nothing where it is not ours, or another session's. */
  read(session: SessionId, header: string | undefined): Overrides;
}

/** An override is forgotten after this long. */
const maxAgeSeconds = 12 * 60 * 60;
const maxBytes = 3_500;

/** Signed together with the session, so no gateway has to keep anything. @param secure the shop is reached by https */
export const overrideCookie = (secret: string, secure: boolean): OverrideCookie => {
  const name = secure ? '__Host-souk_override' : 'souk_override';
  const mac = ({ id }: SessionId, text: string) =>
    createHmac('sha256', secret).update(`override:${id}:${text}`).digest('base64url');

  return {
    write(session, overrides) {
      const isEmpty = Object.keys(overrides).length === 0;
      const text = isEmpty ? '' : Buffer.from(JSON.stringify(overrides)).toString('base64url');
      if (text.length > maxBytes) throw new Invalid('invalid-override', 'these are more overrides than can be kept');
      const value = isEmpty ? '' : `${text}.${mac(session, text)}`;
      const age = isEmpty ? 0 : maxAgeSeconds;
      return `${name}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
    },
    read(session, header) {
      for (const value of cookieValues(header, name)) {
        const [, text = '', given = ''] = /^([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]{43})$/.exec(value) ?? [];
        if (given === '' || !timingSafeEqual(Buffer.from(given), Buffer.from(mac(session, text)))) continue;
        return readOverrides(JSON.parse(Buffer.from(text, 'base64url').toString()));
      }
      return {};
    },
  };
};
