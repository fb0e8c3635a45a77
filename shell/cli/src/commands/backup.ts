import type { Command } from '../command.ts';
import { folderOf, logOf, sizeOf, withFiles } from '../data/data-folder.ts';
import { dataDirOf } from '../shop/staff-password.ts';

/** `souk backup FOLDER` */
export const backupCommand: Command = {
  name: 'backup',
  summary: 'Copies the log, and what cannot be built from it, into a folder; the shop may run',
  positionals: ['FOLDER'],
  options: {},
  notes: [
    'Takes the files of DATA_DIR. Everything acknowledged before the start is in it; the copy is verified.',
    'In it: the log, payments, secrets, published versions, and in keys/ the keys of people. Keep keys/ elsewhere, and give the\n' +
      'newest to restore: a person who was erased since would come back with an old key. Read models are built from the log.',
    'With CHANNEL=nats://… it copies all but the log. Stop the shop, so that both are of one moment, and back up each stream on\n' +
      'the server: nats stream backup STREAM FOLDER (cart, catalog and so on; nats stream ls has them all).',
  ],
  async run({ positionals, env, output }) {
    const folder = folderOf(positionals);
    const logElsewhere = env['CHANNEL']?.startsWith('nats://') ?? false;
    const { manifest, leftOut } = await withFiles(({ makeBackup }) =>
      makeBackup(dataDirOf(env), folder, { logElsewhere }),
    );
    const { files, begunAt } = manifest;
    output.result(
      () =>
        [
          `${folder}: ${files.length} files, ${sizeOf(files)}, as of ${begunAt}`,
          logOf(manifest),
          `left out, for it can be built again: ${leftOut.join(', ') || 'nothing'}`,
        ].join('\n'),
      () => ({ folder, ...manifest, leftOut }),
    );
    return 0;
  },
};
