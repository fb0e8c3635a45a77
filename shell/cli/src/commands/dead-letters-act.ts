import { shopOptions, type Command } from '../command.ts';
import { WrongUse } from '../errors.ts';
import { asStaff } from '../shop/as-staff.ts';
import { letterPositionals, pathOfLetter } from '../upkeep/dead-letters.ts';

/** `souk dead-letters replay REACTOR POSITION` */
export const deadLettersReplayCommand: Command = {
  ...actCommand('replay', 'delivered again; should it fail again, it comes back', false),
  summary: 'Delivers a dead letter again, counting from 1',
};

/** `souk dead-letters dismiss REACTOR POSITION --note TEXT` */
export const deadLettersDismissCommand: Command = {
  ...actCommand('dismiss', 'dismissed; its subject goes on', true),
  summary: 'Gives a dead letter up, with a note that says why; its subject goes on with the next event',
};

function actCommand(act: 'replay' | 'dismiss', done: string, needsNote: boolean): Omit<Command, 'summary'> {
  const name = `dead-letters ${act}`;
  return {
    name,
    positionals: letterPositionals,
    options: {
      ...shopOptions,
      note: {
        type: 'string',
        value: 'TEXT',
        summary: `why${needsNote ? '' : ' (need not be said)'}; no personal data`,
      },
    },
    notes: ['It is an event in the log that says who did it, and why.'],
    async run(input) {
      const { note } = input.options;
      if (needsNote && (typeof note !== 'string' || note === '')) throw new WrongUse(`souk ${name}: --note is missing`);
      const [reactor = '', letter = ''] = input.positionals;
      const { position } = await asStaff(input, async (request, url) => {
        const path = await pathOfLetter(request, url, input);
        const response = await request(`${path}/${act}`, { json: note === undefined ? {} : { note } });
        return (await response.json()) as { position: number };
      });
      input.output.result(
        () => `${reactor} ${letter}: ${done} (event #${position})`,
        () => ({ reactor, letter: Number(letter), act, position }),
      );
      return 0;
    },
  };
}
