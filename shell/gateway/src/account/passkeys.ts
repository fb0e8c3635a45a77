import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { Invalid } from '@souk/service-kit';
import type { Challenges } from './challenges.ts';
import type { Passkey } from './holder.ts';
import type { RelyingParty } from './relying-party.ts';

/** Who a new passkey is to be for. */
export interface NewPasskeyFor {
  readonly holderId: string;
  /** As the authenticator shows it when somebody chooses. */
  readonly name: string;
  /** Authenticators that have one already. */
  readonly passkeys: readonly Passkey[];
}

/** A passkey as its authenticator gave it. */
export type GivenPasskey = Pick<Passkey, 'credentialId' | 'publicKey' | 'counter' | 'transports'>;

/** The two ceremonies of {@link https://www.w3.org/TR/webauthn-3/ | WebAuthn}: making a passkey, and proving to have one. */
export interface Passkeys {
  /** What the page hands to the browser to make one. */
  registration(who: NewPasskeyFor, sessionId: string): Promise<object>;
  /** @throws {Invalid} `passkey-refused` */
  register(credential: string, holderId: string, sessionId: string): Promise<GivenPasskey>;
  /** What the page hands to the browser to prove one. */
  authentication(sessionId: string): Promise<object>;
  /** Whom the answer is from, as it says itself: look up the passkeys, then {@link Passkeys.prove}. @throws {Invalid} */
  holderIn(credential: string): { readonly holderId: string; readonly credentialId: string };
  /** Proves that the answer is of this passkey. @returns how often it was used by its own count @throws {Invalid} `passkey-refused` */
  prove(credential: string, passkey: Passkey, sessionId: string): Promise<number>;
}

/** A person has to be there and be recognised (finger, face, PIN): the passkey is all there is. */
const userVerification = 'required';

export const createPasskeys = (party: RelyingParty, challenges: Challenges): Passkeys => {
  const expected = { expectedOrigin: party.origin, expectedRPID: party.id, requireUserVerification: true };

  return {
    registration: ({ holderId, name, passkeys }, sessionId) =>
      generateRegistrationOptions({
        ...{ rpName: party.name, rpID: party.id, userName: name, userDisplayName: name },
        userID: new Uint8Array(Buffer.from(holderId)),
        challenge: challenges.make(`register:${holderId}`, sessionId),
        attestationType: 'none',
        excludeCredentials: passkeys.map(descriptor),
        // Found by the authenticator itself, so that nobody has to type who they are.
        authenticatorSelection: { residentKey: 'required', userVerification },
      }),
    async register(credential, holderId, sessionId) {
      const response = parse<RegistrationResponseJSON>(credential);
      const { registrationInfo } = await refusing(() =>
        verifyRegistrationResponse({
          ...{ response, ...expected },
          expectedChallenge: (text) => challenges.check(text, `register:${holderId}`, sessionId),
        }),
      );
      if (!registrationInfo) throw refused();
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
      if (id.length > 1400) throw refused();
      return {
        credentialId: id,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports: transports.filter((each) => typeof each === 'string').slice(0, 8),
      };
    },
    authentication: (sessionId) =>
      generateAuthenticationOptions({
        ...{ rpID: party.id, userVerification, challenge: challenges.make('sign-in', sessionId) },
      }),
    holderIn(credential) {
      const { id, response } = parse<AuthenticationResponseJSON>(credential);
      const holderId = Buffer.from(String(response?.userHandle ?? ''), 'base64url').toString();
      if (!/^(cu|st)_[A-Za-z0-9_-]{1,60}$/.test(holderId) || typeof id !== 'string') throw refused();
      return { holderId, credentialId: id };
    },
    async prove(credential, { credentialId, publicKey, counter, transports }, sessionId) {
      const response = parse<AuthenticationResponseJSON>(credential);
      const { verified, authenticationInfo } = await refusing(() =>
        verifyAuthenticationResponse({
          ...{ response, ...expected },
          expectedChallenge: (text) => challenges.check(text, 'sign-in', sessionId),
          credential: {
            ...{ id: credentialId, counter, transports: transports as AuthenticatorTransport[] },
            publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
          },
        }),
      );
      if (!verified) throw refused();
      return authenticationInfo.newCounter;
    },
  };
};

/** The same for whatever is wrong with it: nobody but an attacker would learn from more. */
export const refused = (cause?: unknown): Invalid =>
  new Invalid('passkey-refused', 'This passkey was not accepted. Please try again.', { cause });

const parse = <Response>(text: string): Response => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Response;
  } catch (cause) {
    throw refused(cause);
  }
  throw refused();
};

const refusing = async <Result>(verify: () => Promise<Result>): Promise<Result> => {
  try {
    return await verify();
  } catch (cause) {
    throw refused(cause);
  }
};

const descriptor = ({ credentialId, transports }: Passkey) => ({
  id: credentialId,
  transports: transports as AuthenticatorTransport[],
});
