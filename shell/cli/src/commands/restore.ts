import { resolve } from 'node:path';
import type { Command } from '../command.ts';
import { folderOf, logOf, withFiles } from '../data/data-folder.ts';
import { dataDirOf } from '../shop/staff-password.ts';

/** `souk restore FOLDER` */
export const restoreCommand: Command = {
  name: 'restore',
  summary: 'Makes a data folder out of a backup, which it verifies first',
  positionals: ['FOLDER'],
  options: {
    keys: { type: 'string', value: 'FOLDER', summary: 'keys of people to take in place of those of the backup' },
  },
  notes: [
    'Into DATA_DIR, which must be empty or not there: stop the shop, and move its folder away.',
    'A backup without a log (CHANNEL=nats://…) is the half of it: nats stream restore on the server is the other one.',
    'The next start builds the read models from the log. What came after the backup is gone; people sign in again.',
  ],
  async run({ positionals, options, env, output }) {
    const dataDir = dataDirOf(env);
    const keys = typeof options['keys'] === 'string' ? { keys: resolve(options['keys']) } : {};
    const manifest = await withFiles(({ restoreBackup }) => restoreBackup(folderOf(positionals), dataDir, keys));
    output.result(
      () => `${dataDir} is as of ${manifest.begunAt}\n${logOf(manifest)}`,
      () => ({ dataDir, ...manifest }),
    );
    return 0;
  },
};
