import { shopOptions, type Command } from '../command.ts';
import { CommandFailed, WrongUse } from '../errors.ts';
import { findSaga } from '../sagas/saga.ts';
import { asStaff } from '../shop/as-staff.ts';

/** `souk sagas retry|skip|resolve|resume ID --why TEXT` */
export const sagasActCommands: readonly Command[] = [
  actCommand('retry', 'Has the step of a parked saga tried again'),
  actCommand('skip', 'Leaves out the step that a parked saga stands at'),
  actCommand('resolve', 'Takes the step that a parked saga stands at as done by hand'),
  actCommand('resume', 'Lets a saga that is parked on its way back go forward again'),
];

function actCommand(act: string, summary: string): Command {
  const needsEvidence = act === 'resolve';
  return {
    name: `sagas ${act}`,
    summary,
    positionals: ['ID'],
    options: {
      ...shopOptions,
      why: { type: 'string', value: 'TEXT', summary: 'the reason, kept in the log' },
      ...(needsEvidence && { evidence: { type: 'string', value: 'TEXT', summary: 'what proves that it was done' } }),
    },
    notes: ['It is done to the saga as it stands: when that moves on meanwhile, the act is refused.'],
    async run(input) {
      const [id = ''] = input.positionals;
      const { why, evidence } = input.options;
      if (typeof why !== 'string' || why.trim() === '') throw new WrongUse(`souk sagas ${act}: say --why`);
      if (needsEvidence && typeof evidence !== 'string') throw new WrongUse(`souk sagas ${act}: give --evidence`);
      await asStaff(input, async (request, url) => {
        const { path, saga } = await findSaga(request, url, id);
        const { acts, state, revision } = saga;
        if (!acts.includes(act)) throw new CommandFailed(`"${id}" is ${state}: ${act} does not fit`);
        const json = { act, why, revision, ...(typeof evidence === 'string' && { evidence }) };
        const { position } = (await (await request(`${path}/acts`, { json })).json()) as { position: number };
        input.output.result(
          () => `done, at position ${position}`,
          () => ({ position }),
        );
      });
      return 0;
    },
  };
}
