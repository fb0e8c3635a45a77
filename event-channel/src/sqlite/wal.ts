import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { endianness } from 'node:os';

const headerBytes = 32;
const frameHeaderBytes = 24;

/**
 * Looks whether SQLite would lose commits of the write-ahead log at `${file}-wal`. When it opens a log after a crash it
 * takes the frames up to the first bad one and drops the rest without a word: right for the one transaction that was being
 * written, wrong for damage further up. A transaction is only begun when the one before it is on the disk, so one
 * that has a bad frame and a later transaction behind it was durable. The last one may be torn or damaged: nobody can tell.
 * Not for a log that is being written.
 * @returns number of the first frame that is not as it was written, 1 for the first; `undefined` when all is well
 * @see https://www.sqlite.org/fileformat2.html#the_write_ahead_log
 */
export function findDamagedFrame(file: string): number | undefined {
  const path = `${file}-wal`;
  if (!existsSync(path)) return undefined;
  const descriptor = openSync(path, 'r');
  try {
    return lookThrough(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function lookThrough(descriptor: number): number | undefined {
  const header = Buffer.alloc(headerBytes);
  if (readSync(descriptor, header, 0, headerBytes, 0) < headerBytes) return undefined;
  const magic = header.readUInt32BE(0);
  const isMagic = (magic & ~1) >>> 0 === 0x377f0682;
  const sum = checksum(isMagic && magic & 1 ? 'BE' : 'LE');
  const seed = sum([0, 0], header.subarray(0, 24));
  const isHeaderGood = isMagic && same(seed, [header.readUInt32BE(24), header.readUInt32BE(28)]);
  const pageBytes = header.readUInt32BE(8);
  const frameBytes = frameHeaderBytes + (isHeaderGood ? pageBytes : 4096);
  const frames = Math.floor((fstatSync(descriptor).size - headerBytes) / frameBytes);

  const frame = Buffer.alloc(frameBytes);
  let before = seed;
  let bad: number | undefined;
  /** The transaction of the bad frame has come to its end: what is whole behind it is a later one. */
  let badEnded = false;
  for (let number = 1; number <= frames; number++) {
    readSync(descriptor, frame, 0, frameBytes, headerBytes + (number - 1) * frameBytes);
    const sameSalts = frame.compare(header, 16, 24, 8, 16) === 0;
    const kept = [frame.readUInt32BE(16), frame.readUInt32BE(20)] as const;
    const follows = same(sum(sum(before, frame.subarray(0, 8)), frame.subarray(frameHeaderBytes)), kept);
    // The head is on the disk before the first frame is written.
    if (!isHeaderGood && follows && !same(kept, [0, 0])) return 1;
    if (bad !== undefined && badEnded && follows && sameSalts) return bad;
    if (!(follows && sameSalts)) bad ??= number;
    // Neither: left over from an earlier round of the file, and says nothing about this one.
    const ofThisRound = follows || sameSalts;
    if (bad !== undefined && ofThisRound && frame.readUInt32BE(4) > 0) badEnded = true;
    before = kept;
  }
  return undefined;
}

type Sum = readonly [number, number];

/** SQLite's checksum over pairs of 32-bit words, as the machine that wrote them orders bytes. */
function checksum(order: 'BE' | 'LE'): (seed: Sum, bytes: Buffer) => Sum {
  return ([first, second], bytes) => {
    const copy = Buffer.from(new Uint8Array(bytes).buffer);
    const { buffer } = order === endianness() ? copy : copy.swap32();
    const words = new Uint32Array(buffer);
    for (let at = 0; at < words.length; at += 2) {
      first = (first + words[at]! + second) >>> 0;
      second = (second + words[at + 1]! + first) >>> 0;
    }
    return [first, second];
  };
}

function same(one: Sum, other: Sum): boolean {
  return one[0] === other[0] && one[1] === other[1];
}
