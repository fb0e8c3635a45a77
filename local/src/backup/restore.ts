import { chmodSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { sqliteChannel, verifySqliteLog } from '@souk/event-channel/sqlite';
import { cloudEvent, rewindKeyStore } from '@souk/service-kit';
import { BackupRefused } from './backup.ts';
import { BackupDamaged, describeFile, readManifest, type Manifest } from './manifest.ts';
import { logName, otherParts } from './parts.ts';

/**
 * Compares each file of a backup with what was written, and reads the log from end to end.
 * @throws {BackupDamaged} {@link LogDamaged}
 */
export const verifyBackup = async (dir: string): Promise<Manifest> => {
  const manifest = readManifest(dir);
  for (const { path, kind, sha256 } of manifest.files) {
    if (!existsSync(join(dir, path))) throw new BackupDamaged(`"${path}" is missing in "${dir}"`);
    const found = await describeFile(dir, path, kind);
    if (found.sha256 !== sha256) throw new BackupDamaged(`"${path}" in "${dir}" is not what was written`);
  }
  if (manifest.log === undefined) return manifest;
  const { events } = verifySqliteLog(join(dir, logName));
  if (events !== manifest.log.events) {
    throw new BackupDamaged(`the log in "${dir}" has ${events} events, the manifest says ${manifest.log.events}`);
  }
  return manifest;
};

export interface RestoreOptions {
  /** Folder with keys of people to take in place of those of the backup: newer ones know who was erased since. */
  readonly keys?: string;
}

/**
 * Makes a data folder out of a backup that was verified first. Its log has one event more: the push stream's new name. Read models are not in it: the shop builds them from the log when
 * it starts, so none can know more than the log does.
 * @param folder the new data folder; must not be there, or be empty: that of a shop that runs never is
 * @throws {BackupRefused} {@link BackupDamaged} {@link LogDamaged}
 */
export const restoreBackup = async (dir: string, folder: string, { keys }: RestoreOptions = {}): Promise<Manifest> => {
  const dataDir = resolve(folder);
  if (existsSync(dataDir) && readdirSync(dataDir).length > 0) {
    throw new BackupRefused(`"${dataDir}" is not empty: stop the shop and move its folder away, or set DATA_DIR`);
  }
  const manifest = await verifyBackup(dir);
  const draft = `${dataDir}.unfinished`;
  rmSync(draft, { recursive: true, force: true });
  try {
    for (const { path, kind } of manifest.files) {
      const target = join(draft, nameOf(path));
      mkdirSync(dirname(target), { recursive: true });
      await copyFile(kind === 'keys' && keys !== undefined ? newerKeys(keys, path) : join(dir, path), target);
      if (kind === 'keys' && manifest.log) rewindKeyStore({ file: target, end: manifest.log.events });
      if (kind === 'secrets' || kind === 'keys') chmodSync(target, 0o600);
    }
    if (manifest.log) await beginPushEpoch(join(draft, logName));
    rmSync(dataDir, { recursive: true, force: true });
    renameSync(draft, dataDir);
    return manifest;
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    throw error;
  }
};

/**
 * Names the log of pushed messages anew: from here on it gives positions to other messages than browsers that saw what is lost
 * know them for, so each is told to fetch everything.
 */
const beginPushEpoch = async (file: string): Promise<void> => {
  const channel = sqliteChannel({ file });
  try {
    const began = cloudEvent({ type: 'shell.push-epoch-began.v1', source: '/shell', data: {} });
    await channel.append('push.epoch', [began], { expect: 'any' });
  } finally {
    await channel.close();
    rmSync(`${file}.lock`, { force: true });
  }
};

/** The file of the same name among keys that were kept elsewhere. */
const newerKeys = (keys: string, path: string): string => {
  const file = join(keys, basename(path));
  if (!existsSync(file)) throw new BackupRefused(`"${basename(path)}" is not in "${keys}", where newer keys should be`);
  return file;
};

/** Where a file of a backup stands in the data folder. */
const nameOf = (path: string): string => {
  const folder = otherParts.find(({ below }) => below !== undefined && path.startsWith(`${below}/`))?.below;
  return folder === undefined ? path : path.slice(folder.length + 1);
};
