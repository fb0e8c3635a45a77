import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../../..');
const run = promisify(execFile);

/**
 * Another checkout of this project with a version of its own, installed: what a team has on disk when it ships.
 * @returns its folder; whoever asked removes it
 */
export const makeNextRelease = async (version: string): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'souk-next-'));
  const { stdout } = await run('git', ['ls-files', '-z'], { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  for (const file of stdout.split('\0').filter(Boolean)) await cp(join(root, file), join(folder, file));
  const manifest = join(folder, 'package.json');
  const content = JSON.parse(await readFile(manifest, 'utf8')) as object;
  await writeFile(manifest, JSON.stringify({ ...content, version }, null, 2));
  const install = ['--yes', 'pnpm@12.20.0', 'install', '--frozen-lockfile', '--prefer-offline', '--prod'];
  await run('npx', install, { cwd: folder, maxBuffer: 16 * 1024 * 1024 });
  return folder;
};
