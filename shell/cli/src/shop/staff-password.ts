import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { CommandFailed } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The folder where a shop of this environment keeps everything. */
export function dataDirOf(env: Environment): string {
  return resolve(env['DATA_DIR'] ?? '.data');
}

/**
 * The staff password: `STAFF_PASSWORD`, else the one that the shop made up and keeps in its data folder.
 * @throws {CommandFailed} neither is there
 */
export function staffPasswordOf(env: Environment): { readonly password: string; readonly source: string } {
  if (env['STAFF_PASSWORD'] !== undefined) return { password: env['STAFF_PASSWORD'], source: 'STAFF_PASSWORD' };
  const file = join(dataDirOf(env), 'secrets.json');
  const password = passwordIn(file);
  if (password !== undefined) return { password, source: file };
  throw new CommandFailed(
    `no staff password: set STAFF_PASSWORD, or DATA_DIR to the data folder of the shop (none in ${file})`,
  );
}

function passwordIn(file: string): string | undefined {
  try {
    const { staffPassword } = JSON.parse(readFileSync(file, 'utf8')) as { staffPassword?: unknown };
    return typeof staffPassword === 'string' ? staffPassword : undefined;
  } catch {
    return undefined;
  }
}
