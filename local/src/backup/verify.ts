import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { verifySqliteLog, type VerifiedLog, type VerifyOptions } from '@souk/event-channel/sqlite';
import { BackupRefused } from './backup.ts';
import { logName } from './parts.ts';

/**
 * Reads the log of a data folder from end to end, of a shop that runs or not.
 * @throws {BackupRefused} there is none
 * @throws {LogDamaged} with the position
 */
export const verifyLog = (dataDir: string, options: VerifyOptions = {}): VerifiedLog => {
  const file = join(dataDir, logName);
  if (!existsSync(file)) throw new BackupRefused(`there is no log in "${dataDir}"; set DATA_DIR`);
  return verifySqliteLog(file, options);
};
