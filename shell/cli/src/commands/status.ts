import { shopOptions, type Command } from '../command.ts';
import { asDeployer } from '../rollout/as-deployer.ts';
import { describeAsOf, type LiveTogether } from '../shop/as-of.ts';
import { findShop } from '../shop/find-shop.ts';
import { getStatus, type ShopStatus } from '../shop/status.ts';

/** `souk status [--as-of WHEN]` */
export const statusCommand: Command = {
  name: 'status',
  summary: 'Asks the running shop how it is: each backend, each micro frontend and its live version',
  positionals: [],
  options: {
    ...shopOptions,
    'as-of': { type: 'string', value: 'WHEN', summary: 'what was live then: a deployment id, a time, or a position' },
  },
  notes: [
    'Exit code 1 when no shop answers, or when a part of it is not ready.',
    'A deployment id is what a page and its error reports carry: 12 hex digits. A time is 2026-11-23T12:00:00Z. With --as-of it\n' +
      'is asked as the team whose token is in SOUK_TOKEN, else as staff.',
  ],
  async run(input) {
    const { options, env, output } = input;
    if (typeof options['as-of'] === 'string') {
      const path = `/registry/as-of?${new URLSearchParams({ at: options['as-of'] })}`;
      const found = await asDeployer(input, async (request) => (await (await request(path)).json()) as LiveTogether);
      output.result(
        () => describeAsOf(found),
        () => found,
      );
      return 0;
    }
    const status = await getStatus(await findShop(options['url'], env));
    output.result(
      () => describe(status),
      () => status,
    );
    return status.status === 'ready' ? 0 : 1;
  },
};

function describe({ url, status, channel, backends, frontends }: ShopStatus): string {
  return [
    `shop      ${url} is ${status}`,
    `channel   ${channel.adapter}, survives ${channel.durability}, replicas: ${channel.replicas}`,
    ...backends.map(({ name, status: own, detail }) => {
      return `backend   ${name.padEnd(8)} ${own}${detail === undefined ? '' : `: ${detail}`}`;
    }),
    ...frontends.map(({ name, version, canary }) => {
      const trial = canary ? `, and ${canary.version} for ${canary.percent} % of the sessions` : '';
      return `frontend  ${name.padEnd(8)} ${version}${trial}`;
    }),
  ].join('\n');
}
