export { BackupRefused, makeBackup } from './backup.ts';
export type { MadeBackup } from './backup.ts';
export { BackupDamaged } from './manifest.ts';
export type { BackedUpFile, Manifest } from './manifest.ts';
export { restoreBackup, verifyBackup } from './restore.ts';
export type { RestoreOptions } from './restore.ts';
export { verifyLog } from './verify.ts';
