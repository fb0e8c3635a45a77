import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** What an authenticator keeps of one passkey. */
export interface SoftPasskey {
  readonly id: Buffer;
  readonly userHandle: string;
  readonly privateKey: KeyObject;
  counter: number;
}

/** An authenticator in software, with a person in front of it who agrees to everything. For tests. */
export interface SoftAuthenticator {
  readonly passkeys: SoftPasskey[];
  /** Answers creation options, as the field `credential` has it. */
  create(options: CreationOptions, changes?: Changes): string;
  /** Answers request options with the passkey made last. */
  get(options: RequestOptions, changes?: Changes): string;
}

/** Something that is not as it should be. */
export interface Changes {
  readonly origin?: string;
  readonly challenge?: string;
  readonly counter?: number;
  /** Whether the person was recognised. @default true */
  readonly verified?: boolean;
}

interface CreationOptions {
  readonly rp: { readonly id: string };
  readonly user: { readonly id: string };
  readonly challenge: string;
}

interface RequestOptions {
  readonly rpId: string;
  readonly challenge: string;
}

/** P-256 with SHA-256, self-made: {@link https://www.w3.org/TR/webauthn-3/#sctn-authenticator-data | authenticator data} and CBOR by hand. */
export const softAuthenticator = (origin: string): SoftAuthenticator => {
  const passkeys: SoftPasskey[] = [];
  const clientData = (type: string, challenge: string, changes: Changes) =>
    Buffer.from(
      JSON.stringify({
        type,
        challenge: changes.challenge ?? challenge,
        origin: changes.origin ?? origin,
        crossOrigin: false,
      }),
    );
  const head = (rpId: string, flags: number, counter: number) => {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(counter);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count]);
  };
  // User present, user verified.
  const person = (changes: Changes) => 0x01 | (changes.verified === false ? 0 : 0x04);

  return {
    passkeys,
    create({ rp, user, challenge }, changes = {}) {
      const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const id = randomBytes(16);
      passkeys.push({ id, userHandle: user.id, privateKey, counter: 1 });
      // COSE: kty EC2, alg ES256, curve P-256, x, y.
      const cose = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        Buffer.from(x, 'base64url'),
        Buffer.from('225820', 'hex'),
        Buffer.from(y, 'base64url'),
      ]);
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, cose]);
      const authData = Buffer.concat([head(rp.id, person(changes) | 0x40, 1), attested]);
      // { fmt: 'none', attStmt: {}, authData }
      const object = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([authData.length]),
        authData,
      ]);
      return answer(id, {
        clientDataJSON: clientData('webauthn.create', challenge, changes).toString('base64url'),
        attestationObject: object.toString('base64url'),
        transports: ['internal'],
      });
    },
    get({ rpId, challenge }, changes = {}) {
      const passkey = passkeys.at(-1);
      if (!passkey) throw new Error('there is no passkey yet');
      passkey.counter = changes.counter ?? passkey.counter + 1;
      const authData = head(rpId, person(changes), passkey.counter);
      const data = clientData('webauthn.get', challenge, changes);
      const signed = Buffer.concat([authData, createHash('sha256').update(data).digest()]);
      return answer(passkey.id, {
        clientDataJSON: data.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: createSign('sha256').update(signed).sign(passkey.privateKey, 'base64url'),
        userHandle: passkey.userHandle,
      });
    },
  };
};

const answer = (id: Buffer, response: object): string => {
  const name = id.toString('base64url');
  return JSON.stringify({ id: name, rawId: name, type: 'public-key', response, clientExtensionResults: {} });
};
