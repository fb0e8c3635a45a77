import type { Command } from '../command.ts';
import { folderOf, logOf, sizeOf, withFiles } from '../data/data-folder.ts';

/** `souk backup verify FOLDER` */
export const backupVerifyCommand: Command = {
  name: 'backup verify',
  summary: 'Compares a backup with its hashes and reads its log from end to end',
  positionals: ['FOLDER'],
  options: {},
  async run({ positionals, output }) {
    const folder = folderOf(positionals);
    const manifest = await withFiles(({ verifyBackup }) => verifyBackup(folder));
    const { files, begunAt } = manifest;
    output.result(
      () => `${folder} is whole: ${files.length} files, ${sizeOf(files)}, as of ${begunAt}\n${logOf(manifest)}`,
      () => ({ folder, ...manifest }),
    );
    return 0;
  },
};
