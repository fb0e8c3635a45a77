/**
 * Bytes sealed piece by piece, so that a file of any size is read with a piece of memory and nothing is handed out that
 * was not verified. AES-256-GCM with a key for one file only; the nonce is the number of the piece and whether it is the
 * last, so pieces cannot be moved, left out or cut off.
 * @see https://eprint.iacr.org/2015/189 (STREAM)
 */
import { createCipheriv, createDecipheriv } from 'node:crypto';

const algorithm = 'aes-256-gcm';
const pieceBytes = 64 * 1024;
const tagBytes = 16;

/** The file was changed, cut off, or sealed with another key. */
export class SealedFileBroken extends Error {
  readonly code = 'sealed-file-broken';
  constructor(options?: ErrorOptions) {
    super('a sealed file is not as it was written', options);
    this.name = 'SealedFileBroken';
  }
}

/** @param key 32 bytes that seal nothing else */
export async function* sealBytes(key: Uint8Array, plain: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const { piece, index, isLast } of inPieces(plain, pieceBytes)) {
    const cipher = createCipheriv(algorithm, key, nonce(index, isLast), { authTagLength: tagBytes });
    yield Buffer.concat([cipher.update(piece), cipher.final(), cipher.getAuthTag()]);
  }
}

/** @throws {SealedFileBroken} */
export async function* openBytes(key: Uint8Array, sealed: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const { piece, index, isLast } of inPieces(sealed, pieceBytes + tagBytes)) {
    try {
      const decipher = createDecipheriv(algorithm, key, nonce(index, isLast), { authTagLength: tagBytes });
      decipher.setAuthTag(piece.subarray(-tagBytes));
      yield Buffer.concat([decipher.update(piece.subarray(0, -tagBytes)), decipher.final()]);
    } catch (cause) {
      throw new SealedFileBroken({ cause });
    }
  }
}

/** Pieces of equal length; the last may be shorter, and there is always one. */
async function* inPieces(chunks: AsyncIterable<Buffer>, length: number) {
  let parts: Buffer[] = [];
  let held = 0;
  let index = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    held += chunk.length;
    // One piece is kept back: only the end shows which was the last.
    if (held <= length) continue;
    let rest = Buffer.concat(parts);
    for (; rest.length > length; rest = rest.subarray(length)) {
      yield { piece: rest.subarray(0, length), index: index++, isLast: false };
    }
    parts = [rest];
    held = rest.length;
  }
  yield { piece: Buffer.concat(parts), index, isLast: true };
}

function nonce(index: number, isLast: boolean): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(index, 7);
  bytes.writeUInt8(isLast ? 1 : 0, 11);
  return bytes;
}
