import { createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** A browser as a push service sees it: what it subscribes with, and how it reads (RFC 8291). */
export interface Receiver {
  readonly subscription: { readonly p256dh: string; readonly auth: string };
  /** @throws when the message is not for this receiver, or was changed */
  decrypt(body: Uint8Array): string;
}

/** A receiver with keys of its own. */
export function newReceiver(): Receiver {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  return receiverWith(ecdh.getPrivateKey('base64url'), randomBytes(16).toString('base64url'));
}

/** A receiver with these keys, base64url. */
export function receiverWith(privateKey: string, auth: string): Receiver {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(privateKey, 'base64url');
  const own = ecdh.getPublicKey();
  const derive = (material: Uint8Array, salt: Uint8Array, info: Uint8Array, size: number) =>
    Buffer.from(hkdfSync('sha256', material, salt, info, size));
  return {
    subscription: { p256dh: own.toString('base64url'), auth },
    decrypt(bytes) {
      const body = Buffer.from(bytes);
      const salt = body.subarray(0, 16);
      const theirs = body.subarray(21, 21 + body[20]!);
      const sealed = body.subarray(21 + body[20]!);
      const info = Buffer.concat([Buffer.from('WebPush: info\0'), own, theirs]);
      const material = derive(ecdh.computeSecret(theirs), Buffer.from(auth, 'base64url'), info, 32);
      const key = derive(material, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
      const nonce = derive(material, salt, Buffer.from('Content-Encoding: nonce\0'), 12);
      const decipher = createDecipheriv('aes-128-gcm', key, nonce);
      decipher.setAuthTag(sealed.subarray(-16));
      const plain = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
      return plain.subarray(0, plain.lastIndexOf(2)).toString();
    },
  };
}
