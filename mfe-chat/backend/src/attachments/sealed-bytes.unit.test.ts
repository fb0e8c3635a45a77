import fc from 'fast-check';
import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openBytes, sealBytes } from './sealed-bytes.ts';

const key = randomBytes(32);

async function* chunks(bytes: Buffer, length: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}
async function all(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const found: Buffer[] = [];
  for await (const chunk of bytes) found.push(chunk);
  return Buffer.concat(found);
}
const sealed = (bytes: Buffer) => all(sealBytes(key, chunks(bytes, 1000)));
const opened = (bytes: Buffer, with_ = key) => all(openBytes(with_, chunks(bytes, 7777)));

describe('Sealed bytes', () => {
  it('are what they were, whatever their length and however they come.', async () => {
    const length = fc.oneof(fc.nat({ max: 3 }), fc.integer({ min: 65_530, max: 65_550 }), fc.nat({ max: 300_000 }));
    await fc.assert(
      fc.asyncProperty(length, fc.integer({ min: 300, max: 100_000 }), async (size, step) => {
        const bytes = randomBytes(size);
        const back = await all(openBytes(key, chunks(await all(sealBytes(key, chunks(bytes, step))), step)));
        expect(back.equals(bytes)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  it('cannot be changed, cut off at the end of a piece, put in another order, or opened with another key.', async () => {
    const piece = 64 * 1024 + 16;
    const whole = await sealed(randomBytes(200_000));
    const flipped = Buffer.from(whole);
    flipped.writeUInt8(flipped.readUInt8(70_000) ^ 1, 70_000);
    const swapped = Buffer.concat([
      whole.subarray(piece, 2 * piece),
      whole.subarray(0, piece),
      whole.subarray(2 * piece),
    ]);
    for (const [what, bytes] of Object.entries({
      flipped,
      swapped,
      cut: whole.subarray(0, 2 * piece),
      short: whole.subarray(0, -1),
      long: Buffer.concat([whole, Buffer.alloc(20)]),
      empty: Buffer.alloc(0),
    }))
      await expect(opened(bytes), what).rejects.toMatchObject({ code: 'sealed-file-broken' });
    await expect(opened(whole, randomBytes(32))).rejects.toMatchObject({ code: 'sealed-file-broken' });
  });
});
