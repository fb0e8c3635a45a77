import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Forbidden, Unauthenticated } from './api-error.ts';
import { requireStaff, sessionVerifier, signSession, verifySession } from './session.ts';
import type { Session } from './session.ts';

const secret = 'a-secret-of-at-least-32-characters-for-tests';
const shopper: Session = { shopperId: 's_1', roles: ['shopper'] };

describe('a signed session', () => {
  test('is read back as it was signed', () => {
    const header = signSession({ shopperId: 's_ü', roles: ['shopper', 'staff'] }, secret, 2000);
    expect(verifySession(header, secret, 1999)).toEqual({ shopperId: 's_ü', roles: ['shopper', 'staff'] });
  });

  test('says who of the staff it is, where the gateway knows', () => {
    const member = { staffId: 'st_1', name: 'Zaynab' };
    const session: Session = { shopperId: 's_1', roles: ['staff'], member };
    expect(verifySession(signSession(session, secret, 2000), secret, 0)).toEqual(session);
  });

  test('is refused from its end on', () => {
    const header = signSession(shopper, secret, 2000);
    expect(() => verifySession(header, secret, 2000)).toThrow(expect.objectContaining({ code: 'session-expired' }));
  });

  test('is refused under another secret', () => {
    expect(() => verifySession(signSession(shopper, 'another', 2000), secret, 0)).toThrow(Unauthenticated);
  });

  test('is refused when its payload was exchanged', () => {
    const [, signature] = signSession(shopper, secret, 2000).split('.');
    const [payload] = signSession({ ...shopper, roles: ['staff'] }, 'forger', 2000).split('.');
    expect(() => verifySession(`${payload}.${signature}`, secret, 0)).toThrow(Unauthenticated);
  });

  test('is refused when a character of it is changed', () => {
    const header = signSession(shopper, secret, 2000);
    // But the last one: unpadded base64 ends in bits that mean nothing.
    fc.assert(
      fc.property(fc.nat(header.length - 2), fc.constantFrom(...'AZaz09-_.'), (at, character) => {
        const changed = header.slice(0, at) + character + header.slice(at + 1);
        fc.pre(changed !== header);
        expect(() => verifySession(changed, secret, 0)).toThrow(Unauthenticated);
      }),
    );
  });

  test('keeps only roles that exist', () => {
    const roles = ['shopper', 'admin'] as unknown as Session['roles'];
    expect(verifySession(signSession({ shopperId: 's_1', roles }, secret, 2000), secret, 0).roles).toEqual(['shopper']);
  });

  test.each([undefined, '', '.', 'a', 'a.b', 'a.b.c', '..', ['a.b'], 'x'.repeat(5000)])(
    'is refused as %j',
    (header) => {
      expect(() => verifySession(header, secret, 0)).toThrow(Unauthenticated);
    },
  );
});

describe('a verifier for many requests', () => {
  test('knows a passport again, until that is over', () => {
    const verify = sessionVerifier(secret);
    const header = signSession(shopper, secret, 2000);
    expect(verify(header, 0)).toEqual(shopper);
    expect(verify(header, 1999)).toBe(verify(header, 0));
    expect(() => verify(header, 2000)).toThrow(expect.objectContaining({ code: 'session-expired' }));
  });

  test('remembers no forgery, however often it comes', () => {
    const verify = sessionVerifier(secret);
    const [payload] = signSession(shopper, secret, 2000).split('.');
    for (const _ of [1, 2]) expect(() => verify(`${payload}.forged`, 0)).toThrow(Unauthenticated);
  });

  test('vouches for a passport that it has forgotten for newer ones', () => {
    const verify = sessionVerifier(secret);
    const header = signSession(shopper, secret, 2000);
    const first = verify(header, 0);
    for (let n = 0; n < 2000; n++) verify(signSession({ ...shopper, shopperId: `other_${n}` }, secret, 2000), 0);
    expect(verify(header, 0)).not.toBe(first);
    expect(verify(header, 0)).toEqual(shopper);
  });
});

describe('requireStaff', () => {
  test('lets the staff through', async () => {
    await requireStaff({ session: { shopperId: 's_1', roles: ['staff'] } });
  });

  test('keeps a shopper out', async () => {
    await expect(requireStaff({ session: shopper })).rejects.toThrow(Forbidden);
  });
});
