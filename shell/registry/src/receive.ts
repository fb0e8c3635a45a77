import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline as pipe, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableWritablePair } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { createTarDecoder } from 'modern-tar';
import type { ParsedTarEntry } from 'modern-tar';
import { UploadRefused } from './errors.ts';
import { isPlainPath } from './plain-path.ts';

/** How much one upload may hold. */
export interface UploadLimits {
  /** Bytes of all files together, unpacked. @default 64 MiB */
  readonly maxBytes: number;
  /** Files, brotli copies included. @default 2100 */
  readonly maxFiles: number;
}

export const defaultUploadLimits: UploadLimits = { maxBytes: 64 * 1024 * 1024, maxFiles: 2100 };

/**
 * Unpacks a build that comes as `tar.gz` into an empty folder, as it comes: nothing is kept in memory. Only plain files at
 * plain relative paths are taken.
 * @throws {UploadRefused}
 */
export const unpackBuild = async (upload: Readable, folder: string, limits: UploadLimits): Promise<void> => {
  let bytes = 0;
  const seen = new Set<string>();
  try {
    // An upload that breaks off, or is given up, ends all of it.
    const unpacked = pipe(upload, createGunzip(), () => undefined);
    const entries = Readable.toWeb(unpacked).pipeThrough(tarDecoder());
    for await (const { header, body } of entries) {
      if (header.type === 'directory') continue;
      const path = header.name.replace(/^\.\//, '');
      if (header.type !== 'file')
        throw new UploadRefused('not-a-file', `"${path}" is a ${header.type}; send plain files only`);
      if (!isPlainPath(path)) throw new UploadRefused('path-escapes', `"${path}" is not a plain relative path`);
      if (seen.has(path)) throw new UploadRefused('file-twice', `"${path}" is in the archive twice`);
      seen.add(path);
      if (seen.size > limits.maxFiles) throw tooLarge(`more than ${limits.maxFiles} files`);
      bytes += header.size;
      if (bytes > limits.maxBytes) throw tooLarge(`more than ${limits.maxBytes} bytes unpacked`);
      const target = join(folder, path);
      await mkdir(dirname(target), { recursive: true });
      await pipeline(Readable.fromWeb(body as never), createWriteStream(target, { flags: 'wx' }));
    }
  } catch (cause) {
    upload.destroy();
    if (cause instanceof UploadRefused) throw cause;
    const what =
      upload.readableAborted || upload.errored ? 'the upload broke off' : 'this is no tar.gz that can be read';
    throw new UploadRefused('unreadable-upload', `${what}; nothing was stored, send it again`, { cause });
  }
};

/** Its types are those of the DOM, which know more than those of Node where both are there. */
const tarDecoder = () =>
  createTarDecoder({ strict: true }) as unknown as ReadableWritablePair<ParsedTarEntry, Uint8Array>;

const tooLarge = (what: string) =>
  new UploadRefused('upload-too-large', `${what}; a build must be smaller`, { kind: 'too-large' });
