import { createCipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto';

/** What a browser gave us to write to it. */
export interface Subscription {
  readonly endpoint: string;
  /** Its public key, base64url. */
  readonly p256dh: string;
  /** A secret that its push service does not know, base64url. */
  readonly auth: string;
}

/** What is new with every message; given by tests alone. */
export interface OnceKeys {
  readonly privateKey: Uint8Array;
  readonly salt: Uint8Array;
}

/** All of a message is one record: push services take up to 4096 bytes. */
const recordBytes = 4096;
/** Ends the last record. */
const delimiter = Buffer.from([2]);

/** Most bytes that fit: the record without header (86), delimiter (1) and tag (16). */
export const maxMessageBytes = recordBytes - 86 - 1 - 16;

/**
 * Seals a message so that only the browser can read it, and not the push service in between.
 * @throws TypeError when the browser's key is no point of the curve, RangeError when the message is too long
 * @see https://www.rfc-editor.org/rfc/rfc8291 and https://www.rfc-editor.org/rfc/rfc8188
 */
export function encryptMessage(
  message: string,
  { p256dh, auth }: Pick<Subscription, 'p256dh' | 'auth'>,
  once?: OnceKeys,
): Buffer {
  const plain = Buffer.from(message);
  if (plain.length > maxMessageBytes)
    throw new RangeError(`${plain.length} bytes are more than one push message holds`);
  const ecdh = createECDH('prime256v1');
  if (once) ecdh.setPrivateKey(once.privateKey);
  else ecdh.generateKeys();
  const ours = ecdh.getPublicKey();
  const theirs = Buffer.from(p256dh, 'base64url');
  const salt = once ? Buffer.from(once.salt) : randomBytes(16);

  const shared = sharedSecret(ecdh, theirs);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), theirs, ours]);
  const material = derive(shared, Buffer.from(auth, 'base64url'), info, 32);
  const key = derive(material, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 16);
  const nonce = derive(material, salt, Buffer.from('Content-Encoding: nonce\0'), 12);

  const cipher = createCipheriv('aes-128-gcm', key, nonce);
  const sealed = [cipher.update(Buffer.concat([plain, delimiter])), cipher.final(), cipher.getAuthTag()];
  const size = Buffer.alloc(4);
  size.writeUInt32BE(recordBytes);
  return Buffer.concat([salt, size, Buffer.from([ours.length]), ours, ...sealed]);
}

function sharedSecret(ecdh: ReturnType<typeof createECDH>, theirs: Buffer): Buffer {
  try {
    return ecdh.computeSecret(theirs);
  } catch (cause) {
    throw new TypeError('the key of the subscription is no point of P-256', { cause });
  }
}

function derive(material: Buffer, salt: Buffer, info: Buffer, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', material, salt, info, bytes));
}
