import { resolve } from 'node:path';
import type * as Files from '@souk/local/backup';
import { CommandFailed } from '../errors.ts';

/** What these commands work with: the files of a shop, whether it runs or not. */
type Work<Result> = (files: typeof Files) => Result | Promise<Result>;

const expected: readonly unknown[] = [
  'backup-refused',
  'backup-damaged',
  'log-damaged',
  'log-unavailable',
  'ENOSPC',
  'EACCES',
];

/**
 * Lets `work` use the files, loaded only now: no other command needs them.
 * @throws {CommandFailed} in place of what a person can do something about
 */
export async function withFiles<Result>(work: Work<Result>): Promise<Result> {
  try {
    return await work(await import('@souk/local/backup'));
  } catch (cause) {
    const { code, message } = cause as { code?: unknown; message: string };
    if (!expected.includes(code)) throw cause;
    throw new CommandFailed(code === 'log-damaged' ? `${message}: npm run souk -- restore FOLDER` : message, { cause });
  }
}

/** The folder that was named. */
export function folderOf(positionals: readonly string[]): string {
  return resolve(positionals[0] ?? '');
}

/** `1 234 567 bytes` in a unit that can be read. */
export function sizeOf(files: readonly { readonly bytes: number }[]): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  return bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 1024 ** 2).toFixed(1)} MiB`;
}

/** `log: 127 events; last positions: cart 120, chat 7` */
export function logOf({ log }: Pick<Files.Manifest, 'log'>): string {
  if (log === undefined) return 'log: on the nats-server, which backs it up itself: nats stream backup';
  return `log: ${log.events} events; last positions: ${positionsOf(log.streams)}`;
}

/** `cart 120, chat 7` */
export function positionsOf(streams: Readonly<Record<string, number>>): string {
  const all = Object.entries(streams).toSorted(([one], [other]) => one.localeCompare(other));
  return all.length === 0 ? 'no stream' : all.map(([stream, position]) => `${stream} ${position}`).join(', ');
}
