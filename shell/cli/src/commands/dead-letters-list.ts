import { shopOptions, type Command } from '../command.ts';
import { plain } from '../events/query.ts';
import { asStaff } from '../shop/as-staff.ts';
import { deadLettersOf } from '../upkeep/dead-letters.ts';
import { columnsOf, missingNote } from '../upkeep/each-backend.ts';

/** `souk dead-letters list` */
export const deadLettersListCommand: Command = {
  name: 'dead-letters list',
  summary: 'Lists the events that the backends gave up on, and why',
  positionals: [],
  options: shopOptions,
  notes: ['Exit code 1 when a backend does not answer.'],
  async run(input) {
    const { letters, missing } = await asStaff(input, deadLettersOf);
    const rows = letters.map(({ reactor, position, type, subject, parkedAt, reason }) =>
      [reactor, String(position), type, subject, parkedAt, reason].map(plain),
    );
    input.output.result(
      () =>
        [...(rows.length === 0 ? ['There are no dead letters.'] : columnsOf(head, rows)), ...missingNote(missing)].join(
          '\n',
        ),
      () => ({ deadLetters: letters, missing }),
    );
    return missing.length > 0 ? 1 : 0;
  },
};

const head = ['REACTOR', 'POSITION', 'TYPE', 'SUBJECT', 'PARKED AT', 'REASON'];
