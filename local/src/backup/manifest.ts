import { createHash } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Kind } from './parts.ts';

/** What a backup says of itself, in `backup.json`. */
export interface Manifest {
  readonly format: 1;
  /** ISO 8601 UTC: everything that was acknowledged before is in it. */
  readonly begunAt: string;
  /** Absent where the log is on a server, which backs it up itself. */
  readonly log?: {
    readonly events: number;
    /** Position of the last event of each stream. */
    readonly streams: Readonly<Record<string, number>>;
  };
  readonly files: readonly BackedUpFile[];
}

/** A file of a backup. */
export interface BackedUpFile {
  readonly kind: Kind;
  /** Below the folder of the backup, with `/`. */
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal. */
  readonly sha256: string;
}

/** The backup is none, or not what was written. The message says which file. */
export class BackupDamaged extends Error {
  readonly code = 'backup-damaged';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupDamaged';
  }
}

export const manifestName = 'backup.json';

/** @throws {BackupDamaged} */
export const readManifest = (dir: string): Manifest => {
  try {
    const manifest = JSON.parse(readFileSync(join(dir, manifestName), 'utf8')) as Manifest;
    if (manifest.format !== 1) throw new Error(`it has format ${String(manifest.format)}, this program knows 1`);
    if (manifest.files.some(({ path }) => !isBelow(path))) throw new Error('it names a file outside of its folder');
    return manifest;
  } catch (cause) {
    throw new BackupDamaged(`"${dir}" is no backup: ${(cause as Error).message}`, { cause });
  }
};

/** What stands in the manifest of a file that is there. */
export const describeFile = async (dir: string, path: string, kind: Kind): Promise<BackedUpFile> => {
  const hash = createHash('sha256');
  await pipeline(createReadStream(join(dir, path)), hash);
  const { size } = await stat(join(dir, path));
  return { kind, path, bytes: size, sha256: hash.digest('hex') };
};

const isBelow = (path: string): boolean =>
  path.split('/').every((step) => step !== '' && step !== '.' && step !== '..' && !step.includes('\\'));
