import type { AttachmentType } from '../domain/events.ts';

/** Pixels of a picture. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes from the beginning in which a picture must say how large it is; a JPEG may bring a preview of 64 KiB first. */
export const sizeWithinBytes = 256 * 1024;

/**
 * How large a picture is, as its header says, so that a page can keep room for it; `undefined` when it does not say so
 * where it should. Reads numbers only and decodes nothing.
 */
export function pictureSize(type: AttachmentType, head: Buffer): PictureSize | undefined {
  try {
    const size = readers[type](head);
    return size && size.width > 0 && size.height > 0 ? size : undefined;
  } catch (error) {
    // Shorter than it says.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const readers: Readonly<Record<AttachmentType, (head: Buffer) => PictureSize | undefined>> = {
  'image/png': (head) =>
    head.toString('latin1', 12, 16) === 'IHDR'
      ? { width: head.readUInt32BE(16), height: head.readUInt32BE(20) }
      : undefined,
  'image/gif': (head) => ({ width: head.readUInt16LE(6), height: head.readUInt16LE(8) }),
  'image/jpeg': jpegSize,
  'image/webp': webpSize,
  'application/pdf': () => undefined,
};

/** Segments up to the one that begins a frame. @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf section B.2.2 */
function jpegSize(head: Buffer): PictureSize | undefined {
  let at = 2;
  while (head.readUInt8(at) === 0xff) {
    const marker = head.readUInt8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: head.readUInt16BE(at + 7), height: head.readUInt16BE(at + 5) };
    // A byte that fills, or a marker without a length.
    if (marker === 0xff) at += 1;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else at += 2 + head.readUInt16BE(at + 2);
  }
  return undefined;
}

/** @see https://developers.google.com/speed/webp/docs/riff_container */
function webpSize(head: Buffer): PictureSize | undefined {
  switch (head.toString('latin1', 12, 16)) {
    case 'VP8X':
      return { width: head.readUIntLE(24, 3) + 1, height: head.readUIntLE(27, 3) + 1 };
    case 'VP8L': {
      const bits = head.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8 ':
      return { width: head.readUInt16LE(26) & 0x3fff, height: head.readUInt16LE(28) & 0x3fff };
    default:
      return undefined;
  }
}
