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

/**
 * Reads a `dist/` folder and checks every byte against its manifest. Files that the manifest does not name are left
 * out. Each client file comes with a brotli copy: the build's own when it is there and true, else one made here.
 * @param told how messages call the manifest
 * @throws {InvalidManifest}
 * @throws {WrongContent}
 */
export const readBuild = async (folder: string, told = join(folder, 'mfe.json')): Promise<Build> => {
  const manifest = checkManifest(await readJson(join(folder, 'mfe.json'), told), told);
  const files: BuildFile[] = [];
  for (const file of manifest.files) {
    const content = await readChecked(folder, join('client', file.path), file);
    if (file.type === 'text/javascript') checkModule(file.path, content);
    files.push({ path: join('client', file.path), content });
    files.push({ path: join('client', `${file.path}.br`), content: await brotliCopy(folder, file, content) });
  }
  if (manifest.fragment) {
    const { path } = manifest.fragment;
    const content = await readChecked(folder, path, manifest.fragment);
    checkModule(path, content);
    files.push({ path, content });
  }
  return { manifest, files };
};

const readJson = async (path: string, told: string): Promise<unknown> => {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new InvalidManifest(told, ['cannot be read as JSON; build the micro frontend first'], { cause });
  }
};

const readChecked = async (folder: string, path: string, promised: MfeFile): Promise<Buffer> => {
  const content = await readFile(join(folder, path)).catch((cause: unknown) => {
    throw new WrongContent(path, 'the manifest names it, but it cannot be read', { cause });
  });
  if (content.length !== promised.size) {
    throw new WrongContent(path, `${content.length} bytes long, the manifest says ${promised.size}`);
  }
  const integrity = `sha384-${createHash('sha384').update(content).digest('base64')}`;
  if (integrity !== promised.integrity) {
    throw new WrongContent(path, `its integrity is ${integrity}, the manifest says ${promised.integrity}`);
  }
  return content;
};

const brotliCopy = async (folder: string, file: MfeFile, content: Buffer): Promise<Buffer> => {
  const path = join('client', `${file.path}.br`);
  const ready = await readFile(join(folder, path)).catch(() => undefined);
  if (ready === undefined) {
    return promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: content.length } });
  }
  // A browser trusts the integrity of what it unpacks, so a copy that unpacks to anything else would break the page.
  const unpacked = await promisify(brotliDecompress)(ready, { maxOutputLength: content.length + 1 }).catch(() => null);
  if (!unpacked?.equals(content)) throw new WrongContent(path, 'does not unpack to the file it stands for');
  return ready;
};
