import { crc32 } from 'node:zlib';

/**
 * CRC-32 over the columns of a row, kept with it: SQLite has no checksum of its own, so a bit that flips on the disk would
 * be read as if it had been written. Finds every change of up to four bytes in a row, and of others all but one in 2³².
 */
export function checksumOf(...columns: readonly (string | number)[]): number {
  return crc32(columns.join(' '));
}

/** The checksum of an event, a hot path: the same as `checksumOf(position, subject, event)`. */
export function eventChecksum(position: number, subject: string, event: string): number {
  return crc32(`${position} ${subject} ${event}`);
}

/** The checksum of a message id, a hot path as well. */
export function messageIdChecksum(stream: string, messageId: string, position: number, expiresAt: number): number {
  return crc32(`${stream} ${messageId} ${position} ${expiresAt}`);
}
