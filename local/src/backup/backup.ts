import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { backup as copyDatabase, DatabaseSync } from 'node:sqlite';
import { backupSqliteLog } from '@souk/event-channel/sqlite';
import { describeFile, manifestName, type BackedUpFile, type Manifest } from './manifest.ts';
import { isBeside, logName, otherParts, type Part } from './parts.ts';

/** The backup cannot be made there, or from there. */
export class BackupRefused extends Error {
  readonly code = 'backup-refused';
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'BackupRefused';
  }
}

export interface BackupOptions {
  /** The log is on a server: what stands beside it is copied alone. @default false */
  readonly logElsewhere?: boolean;
}

/** What was made. */
export interface MadeBackup {
  readonly manifest: Manifest;
  /** What stands in the data folder and is not in it: read models and the like, which are built from the log. */
  readonly leftOut: readonly string[];
}

/**
 * Copies all that a shop cannot build again from its log, with the log, while it runs or not. The copy has everything
 * that was acknowledged before the call, and a beginning of what came during it. Readers of SQLite in WAL mode keep no
 * writer waiting. The copy is verified, so that damage is noticed and not carried on.
 * @param folder made; must not be there, or be empty
 * @throws {BackupRefused} {@link LogDamaged}
 */
export const makeBackup = async (
  dataDir: string,
  folder: string,
  { logElsewhere = false }: BackupOptions = {},
): Promise<MadeBackup> => {
  const dir = resolve(folder);
  if (!existsSync(logElsewhere ? dataDir : join(dataDir, logName))) {
    const elsewhere = 'for a log on a nats-server set CHANNEL=nats://… as well';
    throw new BackupRefused(`there is no log in "${dataDir}"; set DATA_DIR (${elsewhere})`);
  }
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new BackupRefused(`"${dir}" is not empty`);
  // Renamed at the end: a folder with that name is whole.
  const draft = `${dir}.unfinished`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  try {
    const begunAt = new Date().toISOString();
    const log = logElsewhere ? undefined : await backupSqliteLog(join(dataDir, logName), join(draft, logName));
    const files: BackedUpFile[] = log === undefined ? [] : [await describeFile(draft, logName, 'log')];
    for (const part of otherParts) {
      const names = readdirSync(dataDir).filter((name) => part.name.test(name));
      for (const name of names.toSorted()) {
        for (const path of await copyPart(part, name, dataDir, draft)) {
          files.push(await describeFile(draft, path, part.kind));
        }
      }
    }
    if (files.length === 0) throw new BackupRefused(`there is nothing of a shop in "${dataDir}"; set DATA_DIR`);
    const manifest: Manifest = { format: 1, begunAt, ...(log && { log }), files };
    writeFileSync(join(draft, manifestName), `${JSON.stringify(manifest, null, 2)}\n`);
    rmSync(dir, { recursive: true, force: true });
    renameSync(draft, dir);
    return { manifest, leftOut: leftOutOf(dataDir) };
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
};

/** @returns the files that came of it, below `draft` */
const copyPart = async ({ below, how }: Part, name: string, dataDir: string, draft: string): Promise<string[]> => {
  const path = below === undefined ? name : `${below}/${name}`;
  const [source, target] = [join(dataDir, name), join(draft, path)];
  mkdirSync(dirname(target), { recursive: true });
  if (how === 'folder') return copyFolder(source, target, path);
  if (how === 'file') await copyFile(source, target);
  else await copyWhole(source, target);
  return [path];
};

const copyFolder = async (source: string, target: string, path: string): Promise<string[]> => {
  const copied: string[] = [];
  for (const name of readdirSync(source).toSorted()) {
    if (isBeside(name)) continue;
    const [from, to] = [join(source, name), join(target, name)];
    if (statSync(from).isDirectory()) copied.push(...(await copyFolder(from, to, `${path}/${name}`)));
    else {
      mkdirSync(target, { recursive: true });
      await copyFile(from, to);
      copied.push(`${path}/${name}`);
    }
  }
  return copied;
};

/** In one step, and so as of one moment. */
const copyWhole = async (source: string, target: string): Promise<void> => {
  const database = new DatabaseSync(source, { readOnly: true, timeout: 5_000 });
  try {
    await copyDatabase(database, target, { rate: 2 ** 30 });
  } finally {
    database.close();
  }
  const copy = new DatabaseSync(target);
  copy.exec('PRAGMA journal_mode = DELETE');
  copy.close();
};

const leftOutOf = (dataDir: string): string[] =>
  readdirSync(dataDir).filter(
    (name) => name !== logName && !isBeside(name) && !otherParts.some((part) => part.name.test(name)),
  );
