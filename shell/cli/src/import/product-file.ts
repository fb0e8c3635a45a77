import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CommandFailed } from '../errors.ts';

/** A file that may hold products. */
export interface ProductFile {
  readonly path: string;
  readonly bytes: number;
}

/**
 * Looks at a file before anything is started for it. A relative path is meant from where the command was typed, which
 * npm, that changes into the root, leaves in `INIT_CWD`.
 * @throws {CommandFailed} it is not there, no file, or no text
 */
export async function describeFile(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<ProductFile> {
  const path = resolve(env['INIT_CWD'] ?? '.', name);
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CommandFailed(cause.code === 'ENOENT' ? `"${name}" is not there` : `"${name}": ${cause.message}`, {
      cause,
    });
  });
  if (found.isDirectory()) throw new CommandFailed(`"${name}" is a folder; name the CSV file in it`);
  if (found.size === 0) throw new CommandFailed(`"${name}" is empty`);
  if (!(await isText(path, name))) {
    throw new CommandFailed(`"${name}" is no CSV file in UTF-8; export the products as CSV, not as a spreadsheet`);
  }
  return { path, bytes: found.size };
}

/** No text in UTF-8 has a zero byte; spreadsheets, archives, pictures and UTF-16 soon show one. */
async function isText(path: string, name: string): Promise<boolean> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(4096), position: 0 });
    return !buffer.subarray(0, bytesRead).includes(0);
  } catch (cause) {
    throw new CommandFailed(`"${name}" cannot be read: ${(cause as Error).message}`, { cause });
  }
}
