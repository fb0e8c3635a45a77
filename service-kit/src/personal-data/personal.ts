import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';

/** What only who has the key of the person can read: AES-256-GCM, with person and key as additional data. */
export interface Sealed {
  /** How it is sealed. */
  readonly sealed: 'v1';
  /** Whose data it is: an id that names nobody by itself. */
  readonly person: string;
  /** Which of the person's keys: after an erasure a new one begins. */
  readonly key: string;
  /** 12 bytes, base64url. */
  readonly iv: string;
  /** Ciphertext and tag, base64url. */
  readonly data: string;
}

/** What nobody has to keep from anybody, or what was recorded before there were seals. */
export interface Plain<Value> {
  readonly plain: Value;
}

/** Data about a person as it stands in events and read models. */
export type Personal<Value> = Sealed | Plain<Value>;

/** A seal that its own key does not open: somebody has changed it, or the key store is another shop's. */
export class SealBroken extends Error {
  readonly code = 'seal-broken';
  constructor({ person, key }: Sealed, options?: ErrorOptions) {
    super(`what was sealed for ${person} with the key ${key} has been changed, or that key is another one`, options);
    this.name = 'SealBroken';
  }
}

/** A person's key with its name. */
export interface PersonalKey {
  readonly id: string;
  readonly person: string;
  readonly key: Uint8Array;
}

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** 256 random bits. */
export function newKeyBytes(): Uint8Array {
  return randomBytes(32);
}

/**
 * Seals a JSON value.
 * @param repeatable the same value is sealed to the same bytes each time, which shows that two are the same
 * @see https://nvlpubs.nist.gov/nistpubs/Legacy/SP/nistspecialpublication800-38d.pdf
 */
export function sealWith({ id, person, key }: PersonalKey, value: unknown, { repeatable = false } = {}): Sealed {
  const text = JSON.stringify(value);
  const iv = repeatable ? createHmac('sha256', key).update(text).digest().subarray(0, ivBytes) : randomBytes(ivBytes);
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(boundTo(person, id));
  const data = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return { sealed: 'v1', person, key: id, iv: iv.toString('base64url'), data: data.toString('base64url') };
}

/** @throws {SealBroken} */
export function openWith(key: Uint8Array, sealed: Sealed): unknown {
  const [iv, data] = [Buffer.from(sealed.iv, 'base64url'), Buffer.from(sealed.data, 'base64url')];
  try {
    const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
    decipher.setAAD(boundTo(sealed.person, sealed.key));
    decipher.setAuthTag(data.subarray(-tagBytes));
    return JSON.parse(decipher.update(data.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8'));
  } catch (cause) {
    throw new SealBroken(sealed, { cause });
  }
}

/** So that a seal cannot be moved to another person. */
function boundTo(person: string, key: string): Buffer {
  return Buffer.from(JSON.stringify(['souk', 'v1', person, key]));
}
