import { createECDH, randomBytes } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What must stay the same from start to start, and must not be known. */
export interface Secrets {
  /** Signs session cookies. */
  readonly sessionSecret: string;
  /** For `/sign-in`. */
  readonly staffPassword: string;
  /** Who the shop is to push services (RFC 8292), base64url: browsers subscribe to this very key. */
  readonly vapid: { readonly publicKey: string; readonly privateKey: string };
}

/** `secrets.json` is there, but it is not what this program wrote. */
export class SecretsUnreadable extends Error {
  readonly code = 'secrets-unreadable';
  constructor(file: string, options?: ErrorOptions) {
    super(`${file} cannot be read; delete it to get new secrets (every visitor then starts a new session)`, options);
    this.name = 'SecretsUnreadable';
  }
}

/**
 * The secrets of a data folder, made up on the first start and kept in `secrets.json`, which only its owner may read.
 * @param staffPassword given from outside: it is used, and not kept
 * @returns `made` is `true` when a staff password was made up just now: the only moment to tell it
 * @throws {SecretsUnreadable}
 */
export const keepSecrets = (dataDir: string, staffPassword?: string): Secrets & { readonly made: boolean } => {
  const file = join(dataDir, 'secrets.json');
  const kept = read(file);
  const secrets = {
    sessionSecret: kept.sessionSecret ?? randomBytes(32).toString('base64url'),
    staffPassword: kept.staffPassword ?? (staffPassword === undefined ? newPassword() : undefined),
    vapid: kept.vapid ?? newVapidKeys(),
  };
  const { sessionSecret, vapid } = secrets;
  const isKept =
    sessionSecret === kept.sessionSecret && secrets.staffPassword === kept.staffPassword && vapid === kept.vapid;
  if (!isKept) write(file, secrets);
  return {
    ...{ sessionSecret, vapid },
    staffPassword: staffPassword ?? secrets.staffPassword ?? newPassword(),
    made: staffPassword === undefined && kept.staffPassword === undefined,
  };
};

const read = (file: string): Partial<Secrets> => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    if ((cause as { code?: string }).code === 'ENOENT') return {};
    throw new SecretsUnreadable(file, { cause });
  }
  try {
    const { sessionSecret, staffPassword, vapid } = JSON.parse(text) as Partial<Secrets>;
    if (typeof sessionSecret !== 'string' || sessionSecret.length < 32) throw new TypeError('no session secret');
    return {
      sessionSecret,
      ...(typeof staffPassword === 'string' && { staffPassword }),
      ...(typeof vapid?.publicKey === 'string' && typeof vapid.privateKey === 'string' && { vapid }),
    };
  } catch (cause) {
    throw new SecretsUnreadable(file, { cause });
  }
};

/** Renamed into place, so that a crash leaves either the old file or the new one. */
const write = (file: string, secrets: object): void => {
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(`${file}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  chmodSync(`${file}.new`, 0o600);
  renameSync(`${file}.new`, file);
};

/** 80 random bits in four groups that a person can type. */
const newPassword = (): string => (randomBytes(10).toString('hex').match(/.{5}/g) ?? []).join('-');

/** Keys for a shop that has none yet: a pair on P-256. One of 256 private keys is a byte short as a number, and has to be 32 bytes all the same. */
export const newVapidKeys = (): Secrets['vapid'] => {
  const ecdh = createECDH('prime256v1');
  ecdh.generateKeys();
  const privateKey = Buffer.alloc(32);
  const number = ecdh.getPrivateKey();
  number.copy(privateKey, 32 - number.length);
  return { publicKey: ecdh.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') };
};
