import type { Attachment } from '@souk/chat-api';
import { attachmentTypeOf, magicBytes } from './attachment-type.ts';
import { AttachmentRefused } from './errors.ts';
import { pictureSize, sizeWithinBytes } from './picture-size.ts';

/** Pixels of a picture that a browser can still be asked to show. */
const maxPixels = 50_000_000;

/** What a file turned out to be. */
export type Found = Pick<Attachment, 'type' | 'size' | 'width' | 'height'>;

/** A file on its way. */
export interface Inspected {
  /** The same bytes; they end with an {@link AttachmentRefused} as soon as the file is one that is not taken. */
  readonly bytes: AsyncIterable<Buffer>;
  /** After the last byte. @throws {AttachmentRefused} */
  found(): Found;
}

/** Looks at a file while it passes: what it is, how long, and how large a picture. */
export function inspect(body: AsyncIterable<Buffer>, maxBytes: number): Inspected {
  const parts: Buffer[] = [];
  let size = 0;
  let isTyped = false;

  const head = () => Buffer.concat(parts);
  const typed = () => {
    const type = attachmentTypeOf(head());
    if (!type) throw new AttachmentRefused('attachment-type');
    isTyped = true;
    return type;
  };
  async function* pass(): AsyncGenerator<Buffer> {
    for await (const chunk of body) {
      if (size < sizeWithinBytes) parts.push(chunk);
      size += chunk.length;
      if (size > maxBytes) throw new AttachmentRefused('attachment-too-large');
      if (!isTyped && size >= magicBytes) typed();
      yield chunk;
    }
  }

  return {
    bytes: pass(),
    found() {
      const type = typed();
      if (type === 'application/pdf') return { type, size };
      const picture = pictureSize(type, head());
      if (!picture || picture.width * picture.height > maxPixels) throw new AttachmentRefused('attachment-broken');
      return { type, size, ...picture };
    },
  };
}
