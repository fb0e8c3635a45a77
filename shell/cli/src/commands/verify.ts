import type { Command } from '../command.ts';
import { folderOf, positionsOf, withFiles } from '../data/data-folder.ts';
import { dataDirOf } from '../shop/staff-password.ts';

/** `souk verify [FOLDER]` */
export const verifyCommand: Command = {
  name: 'verify',
  summary: 'Reads the log from end to end and compares each event with its checksum; the shop may run',
  positionals: ['FOLDER?'],
  options: {},
  notes: [
    'FOLDER is a data folder (default: DATA_DIR). Exit code 1 when the log is damaged, with the position of the damage.',
    'For the log in the data folder. A nats-server looks after its own: CHANNEL=nats://… has nothing to verify here.',
  ],
  async run({ positionals, env, output }) {
    const dataDir = positionals.length > 0 ? folderOf(positionals) : dataDirOf(env);
    const onProgress = (events: number, of: number) => output.progress(() => `${events} of ${of} events`);
    const found = await withFiles(({ verifyLog }) => verifyLog(dataDir, { onProgress }));
    output.result(
      () => `the log is whole: ${found.events} events; last positions: ${positionsOf(found.streams)}`,
      () => found,
    );
    return 0;
  },
};
