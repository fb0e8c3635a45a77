import { shopOptions, type Command } from '../command.ts';
import { asDeployer } from '../rollout/as-deployer.ts';
import { change, describe } from '../rollout/deployment.ts';

/** `souk promote NAME [VERSION]` */
export const promoteCommand: Command = {
  name: 'promote',
  summary: 'Gives a version of a micro frontend to every session: its canary, or the one that is named',
  positionals: ['NAME', 'VERSION?'],
  options: shopOptions,
  notes: [
    'It holds from the next page view on. Open pages take it at their next navigation, never in the middle of a checkout.',
    'With SOUK_TOKEN set it is done as that team, else as staff.',
  ],
  async run(input) {
    const [name = '', version] = input.positionals;
    const deployment = await asDeployer(input, (request) =>
      change(request, name, 'promote', version === undefined ? {} : { version }),
    );
    input.output.result(
      () => describe(deployment),
      () => deployment,
    );
    return 0;
  },
};
