import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliDecompress, constants, createBrotliCompress } from 'node:zlib';

/** A text with holes, and the same packed with brotli: filling either costs a copy of its bytes. */
export interface Template {
  /** @param values one for each marker, ASCII, of the marker's length */
  plain(values: readonly string[]): Buffer;
  packed(values: readonly string[]): Buffer;
}

/** Bytes, and where in them each marker stands. */
interface Holed {
  readonly bytes: Buffer;
  readonly holes: readonly (readonly number[])[];
}

/**
 * Packs a text once for all values that will stand at its markers. In the packed text each marker stands once, as it is:
 * random bytes cannot be packed, so the encoder stores them in a block of their own (RFC 7932, section 9.2, ISUNCOMPRESSED),
 * and whatever repeats them refers back to that block. Literals are coded without regard to what stands before them, so
 * other bytes in the block change nothing else. All of that is tried out before the template is given away.
 * @returns `undefined` when the text does not pack like that, which costs nothing but time
 */
export const createTemplate = async (text: string, markers: readonly string[]): Promise<Template | undefined> => {
  const bytes = Buffer.from(text);
  const plain = { bytes, holes: markers.map((marker) => placesOf(bytes, Buffer.from(marker))) };
  if (plain.holes.some(({ length }) => length === 0)) return undefined;
  // The noise is new each time, so what goes wrong once goes well the next time.
  for (let attempt = 0; attempt < 5; attempt++) {
    const template = await tryTemplate(plain, markers);
    if (template) return template;
  }
  return undefined;
};

const tryTemplate = async (plain: Holed, markers: readonly string[]): Promise<Template | undefined> => {
  const packed = await pack(plain, markers);
  if (!packed) return undefined;
  const template: Template = {
    plain: (values) => fill(plain, values),
    packed: (values) => fill(packed, values),
  };
  const trial = markers.map(({ length }) => randomBytes(length).toString('base64url').slice(0, length));
  const unpacked = await promisify(brotliDecompress)(template.packed(trial)).catch(() => undefined);
  return unpacked?.equals(template.plain(trial)) ? template : undefined;
};

const pack = async ({ bytes, holes }: Holed, markers: readonly string[]): Promise<Holed | undefined> => {
  const noise = markers.map(({ length }) => randomBytes(length).toString('latin1'));
  const noisy = fill({ bytes, holes }, noise);
  // Before and after the first time that each stands there, the block ends.
  const cuts = holes.flatMap(([first = 0], index) => [first, first + markers[index]!.length]).toSorted((a, b) => a - b);
  const encoder = createBrotliCompress({
    flush: constants.BROTLI_OPERATION_FLUSH,
    params: {
      [constants.BROTLI_PARAM_QUALITY]: 9,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      [constants.BROTLI_PARAM_DISABLE_LITERAL_CONTEXT_MODELING]: 1,
    },
  });
  const chunks: Buffer[] = [];
  encoder.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise((resolve, reject) => encoder.once('end', resolve).once('error', reject));
  [0, ...cuts].forEach((from, index) => encoder.write(noisy.subarray(from, cuts[index] ?? noisy.length)));
  encoder.end();
  await ended;
  const out = Buffer.concat(chunks);
  const places = noise.map((each) => placesOf(out, Buffer.from(each, 'latin1')));
  return places.every(({ length }) => length === 1) ? { bytes: out, holes: places } : undefined;
};

const fill = ({ bytes, holes }: Holed, values: readonly string[]): Buffer => {
  const copy = Buffer.from(bytes);
  holes.forEach((places, index) => {
    for (const place of places) copy.write(values[index]!, place, 'latin1');
  });
  return copy;
};

const placesOf = (bytes: Buffer, marker: Buffer): readonly number[] => {
  const places: number[] = [];
  for (let at = bytes.indexOf(marker); at >= 0; at = bytes.indexOf(marker, at + marker.length)) places.push(at);
  return places;
};
