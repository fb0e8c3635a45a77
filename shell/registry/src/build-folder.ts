import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { InvalidManifest, WrongContent } from './errors.ts';
import { checkManifest } from './check-manifest.ts';
import { checkModule } from './module-check.ts';
import type { MfeFile, MfeManifest } from './manifest.ts';

/** One file to keep: where it goes inside the version's folder, and its bytes. */
export interface BuildFile {
  readonly path: string;
  readonly content: Buffer;
}

/** A build folder, read and checked: everything in memory, so what was checked is what will be stored. */
export interface Build {
  readonly manifest: MfeManifest;
  readonly files: readonly BuildFile[];
}

/** Reads a file of a build by its relative path; `undefined` when there is none. */
type ReadFile = (path: string) => Promise<Buffer | undefined>;

/**
 * Reads a `dist/` folder and checks every byte against its manifest. Files that the manifest does not name are left
 * out. Each client file comes with a brotli copy: the build's own when it is there and true, else one made here.
 * @throws {InvalidManifest}
 * @throws {WrongContent}
 */
export const readBuild = (folder: string): Promise<Build> =>
  checkBuild((path) => readFile(join(folder, path)).catch(() => undefined), join(folder, 'mfe.json'));

/**
 * As {@link readBuild}, for a build that is not on disk.
 * @param told how messages call the manifest
 */
export const checkBuild = async (read: ReadFile, told = 'mfe.json'): Promise<Build> => {
  const manifest = checkManifest(await readJson(read, told), told);
  const client = manifest.files.map(async (file): Promise<BuildFile[]> => {
    const path = join('client', file.path);
    const content = await readChecked(read, path, file);
    if (file.type === 'text/javascript') checkModule(file.path, content, file.integrity);
    const copy = { path: `${path}.br`, content: await brotliCopy(read, file, content) };
    return [{ path, content }, copy];
  });
  const server = [manifest.fragment ?? []].flat().map(async (fragment): Promise<BuildFile[]> => {
    const content = await readChecked(read, fragment.path, fragment);
    checkModule(fragment.path, content, fragment.integrity);
    return [{ path: fragment.path, content }];
  });
  return { manifest, files: (await Promise.all([...client, ...server])).flat() };
};

const readJson = async (read: ReadFile, told: string): Promise<unknown> => {
  try {
    return JSON.parse(String(await read('mfe.json')));
  } catch (cause) {
    throw new InvalidManifest(told, ['cannot be read as JSON; build the micro frontend first'], { cause });
  }
};

const readChecked = async (read: ReadFile, path: string, promised: MfeFile): Promise<Buffer> => {
  const content = await read(path);
  if (content === undefined) throw new WrongContent(path, 'the manifest names it, but it cannot be read');
  if (content.length !== promised.size) {
    throw new WrongContent(path, `${content.length} bytes long, the manifest says ${promised.size}`);
  }
  const integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`;
  if (integrity !== promised.integrity) {
    throw new WrongContent(path, `its integrity is ${integrity}, the manifest says ${promised.integrity}`);
  }
  return content;
};

const brotliCopy = async (read: ReadFile, file: MfeFile, content: Buffer): Promise<Buffer> => {
  const path = join('client', `${file.path}.br`);
  const ready = await read(path);
  if (ready === undefined) {
    return promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  }
  // A browser trusts the integrity of what it unpacks, so a copy that unpacks to anything else would break the page.
  const unpacked = await promisify(brotliDecompress)(ready, { maxOutputLength: content.length + 1 }).catch(() => null);
  if (!unpacked?.equals(content)) throw new WrongContent(path, 'does not unpack to the file it stands for');
  return ready;
};
