import type { AttachmentType } from '../domain/events.ts';

/** Bytes from the beginning that tell what a file is. */
export const magicBytes = 12;

/**
 * What a file is by its first bytes; `undefined` for everything that is not taken, SVG and HTML among it. What the sender
 * calls it does not matter. PDF must begin at once: readers that look further are how one file is two things.
 * @see https://mimesniff.spec.whatwg.org/#matching-an-image-type-pattern
 */
export function attachmentTypeOf(head: Buffer): AttachmentType | undefined {
  const ascii = (from: number, to: number) => head.toString('latin1', from, to);
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return 'image/png';
  if (ascii(0, 3) === '\xff\xd8\xff') return 'image/jpeg';
  if (ascii(0, 6) === 'GIF87a' || ascii(0, 6) === 'GIF89a') return 'image/gif';
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return 'image/webp';
  if (ascii(0, 5) === '%PDF-') return 'application/pdf';
  return undefined;
}
