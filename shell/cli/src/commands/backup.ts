import type { Command } from '../command.ts';
import { folderOf, positionsOf, sizeOf, withFiles } from '../data/data-folder.ts';
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
    'A log on a nats-server (CHANNEL=nats://…) is backed up there: nats stream backup.',
  ],
  async run({ positionals, env, output }) {
    const folder = folderOf(positionals);
    const { manifest, leftOut } = await withFiles(({ makeBackup }) => makeBackup(dataDirOf(env), folder));
    const { log, files, begunAt } = manifest;
    output.result(
      () =>
        [
          `${folder}: ${files.length} files, ${sizeOf(files)}, as of ${begunAt}`,
          `log: ${log.events} events; last positions: ${positionsOf(log.streams)}`,
          `left out, for it can be built again: ${leftOut.join(', ') || 'nothing'}`,
        ].join('\n'),
      () => ({ folder, ...manifest, leftOut }),
    );
    return 0;
  },
};
