import { warnAboutHandlerError, type HandlerErrorListener } from '../log/handler-error.ts';
import { localChannel } from '../log/local-channel.ts';
import { withRecentRows } from '../log/recent-rows.ts';
import type { EventChannel } from '../port.ts';
import { openLogFile } from './open-database.ts';
import { sqliteStore } from './sqlite-store.ts';

export { backupSqliteLog } from './backup-log.ts';
export { verifySqliteLog } from './verify-log.ts';
export type { VerifiedLog, VerifyOptions } from './verify-log.ts';

export interface SqliteChannelOptions {
  /** The log; its folder is made. `-wal`, `-shm` and `.lock` stand beside it. */
  readonly file: string;
  /** @default 120_000 milliseconds */
  readonly duplicateWindowMs?: number;
  /** @default 1_048_576 bytes, as on NATS */
  readonly maxCommitBytes?: number;
  /** How long a write waits for a reader that holds the file. @default 5_000 milliseconds */
  readonly busyTimeoutMs?: number;
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** Hears what handlers throw. @default a process warning */
  readonly onHandlerError?: HandlerErrorListener;
}

/**
 * A channel kept in one SQLite file, with an fsync before an append resolves. This process is the only writer.
 * @throws {LogInUse} another channel has the file open
 * What is read is compared with checksums: a tail, a read or an append that meets damage fails with `log-damaged`.
 * @throws {LogDamaged} the file is not as it was written, as far as a look at its ends can tell
 * @throws {LogUnavailable} the file cannot be opened, or is of a later version
 */
export function sqliteChannel(options: SqliteChannelOptions): EventChannel {
  const { file, duplicateWindowMs = 120_000, maxCommitBytes = 1_048_576, busyTimeoutMs = 5_000 } = options;
  const now = options.now ?? Date.now;
  return localChannel({
    store: withRecentRows(sqliteStore(openLogFile(file, busyTimeoutMs), now, duplicateWindowMs)),
    capabilities: { adapter: 'sqlite', durability: 'power-loss', replicas: 1, duplicateWindowMs, maxCommitBytes },
    now,
    onHandlerError: options.onHandlerError ?? warnAboutHandlerError,
  });
}
