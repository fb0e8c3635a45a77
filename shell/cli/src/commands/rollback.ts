import { shopOptions, type Command } from '../command.ts';
import { asDeployer } from '../rollout/as-deployer.ts';
import { change, describe } from '../rollout/deployment.ts';

/** `souk rollback NAME [--to VERSION] [--why TEXT]` */
export const rollbackCommand: Command = {
  name: 'rollback',
  summary: 'Takes a version back: ends the canary of a micro frontend, or makes the version before live again',
  positionals: ['NAME'],
  options: {
    ...shopOptions,
    to: { type: 'string', value: 'VERSION', summary: 'the version to go back to (default: the one before)' },
    why: { type: 'string', value: 'TEXT', summary: 'the reason, kept in the log' },
  },
  notes: [
    'It holds from the next page view on. Pages that are open keep working with the files they have.',
    'With SOUK_TOKEN set it is done as that team, else as staff.',
  ],
  async run(input) {
    const [name = ''] = input.positionals;
    const { to, why } = input.options;
    const reason = typeof why === 'string' && why.trim() !== '' ? why : 'by hand, without a word';
    const deployment = await asDeployer(input, (request) =>
      change(request, name, 'rollback', { reason, ...(typeof to === 'string' && { to }) }),
    );
    input.output.result(
      () => describe(deployment),
      () => deployment,
    );
    return 0;
  },
};
