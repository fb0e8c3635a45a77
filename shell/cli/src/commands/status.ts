import { shopOptions, type Command } from '../command.ts';
import { findShop } from '../shop/find-shop.ts';
import { getStatus, type ShopStatus } from '../shop/status.ts';

/** `souk status` */
export const statusCommand: Command = {
  name: 'status',
  summary: 'Asks the running shop how it is: each backend, each micro frontend and its live version',
  positionals: [],
  options: shopOptions,
  notes: ['Exit code 1 when no shop answers, or when a part of it is not ready.'],
  async run({ options, env, output }) {
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
