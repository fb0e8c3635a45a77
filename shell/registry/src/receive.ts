import { finished, Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { ReadableWritablePair } from 'node:stream/web';
import { createGunzip } from 'node:zlib';
import { createTarDecoder } from 'modern-tar';
import type { ParsedTarEntry } from 'modern-tar';
import { checkBuild } from './build-folder.ts';
import type { Build } from './build-folder.ts';
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
 * Takes a build as it is sent, every byte checked.
 * @throws {UploadRefused} {@link InvalidManifest} {@link WrongContent}
 */
export const receiveBuild = async (upload: Readable, limits: UploadLimits = defaultUploadLimits): Promise<Build> => {
  const files = await unpackBuild(upload, limits);
  return checkBuild(async (path) => files.get(path.replaceAll('\\', '/')));
};

/**
 * Unpacks a build that comes as `tar.gz`, as it comes; it is in memory, within the limits, until it is checked. Only plain
 * files at plain relative paths are taken.
 * @returns path → content
 * @throws {UploadRefused}
 */
const unpackBuild = async (upload: Readable, limits: UploadLimits): Promise<ReadonlyMap<string, Buffer>> => {
  let bytes = 0;
  const files = new Map<string, Buffer>();
  const unpacked = createGunzip();
  finished(upload, (error) => error && unpacked.destroy(error));
  try {
    const entries = Readable.toWeb(upload.pipe(unpacked)).pipeThrough(tarDecoder());
    for await (const { header, body } of entries) {
      if (header.type === 'directory') continue;
      const path = header.name.replace(/^\.\//, '');
      if (header.type !== 'file')
        throw new UploadRefused('not-a-file', `"${path}" is a ${header.type}; send plain files only`);
      if (!isPlainPath(path)) throw new UploadRefused('path-escapes', `"${path}" is not a plain relative path`);
      if (files.has(path)) throw new UploadRefused('file-twice', `"${path}" is in the archive twice`);
      if (files.size === limits.maxFiles) throw tooLarge(`more than ${limits.maxFiles} files`);
      bytes += header.size;
      if (bytes > limits.maxBytes) throw tooLarge(`more than ${limits.maxBytes} bytes unpacked`);
      files.set(path, await buffer(body as never));
    }
    return files;
  } catch (cause) {
    unpacked.destroy();
    readOn(upload, limits.maxBytes);
    if (cause instanceof UploadRefused) throw cause;
    const what =
      upload.readableAborted || upload.errored ? 'the upload broke off' : 'this is no tar.gz that can be read';
    throw new UploadRefused('unreadable-upload', `${what}; nothing was stored, send it again`, { cause });
  }
};

/** Who is cut off while they send would never read why. */
const readOn = (upload: Readable, mostBytes: number): void => {
  let left = mostBytes;
  upload.unpipe();
  upload.on('data', (chunk: Buffer) => {
    left -= chunk.length;
    if (left < 0) upload.destroy();
  });
};

/** Its types are those of the DOM, which know more than those of Node where both are there. */
const tarDecoder = () =>
  createTarDecoder({ strict: true }) as unknown as ReadableWritablePair<ParsedTarEntry, Uint8Array>;

const tooLarge = (what: string) =>
  new UploadRefused('upload-too-large', `${what}; a build must be smaller`, { kind: 'too-large' });
