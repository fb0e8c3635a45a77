import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import type { TarEntry } from 'modern-tar';

/** A build folder as it is uploaded. @param more entries after the files of the folder */
export const tarOf = async (folder: string, more: readonly TarEntry[] = []): Promise<Buffer> => {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((file) => file.isFile());
  const entries = files.map((file): TarEntry => {
    const path = join(file.parentPath, file.name);
    const body = readFileSync(path);
    return { header: { name: path.slice(folder.length + 1), size: body.length, type: 'file' }, body };
  });
  return gzipSync(await packTar([...entries, ...more]));
};
