import { shopOptions, type Command } from '../command.ts';
import { WrongUse } from '../errors.ts';
import { asStaff } from '../shop/as-staff.ts';

interface Token {
  readonly id: string;
  readonly team: string;
  readonly mfes: readonly string[];
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly revokedAt?: string;
}

/** `souk tokens create TEAM MFE` */
const createCommand: Command = {
  name: 'tokens create',
  summary: 'Makes a token with which a team deploys its own micro frontends; it is shown only this once',
  positionals: ['TEAM', 'MFES'],
  options: {
    ...shopOptions,
    days: { type: 'string', value: 'N', summary: 'how long it is good (default: 90)' },
  },
  notes: [
    'MFES is one name, or several with commas between: cart,basket. The team sets it as SOUK_TOKEN.\n' +
      'A token lets its team run code in the pages of the shop, and in the gateway when its micro frontend has a fragment.',
  ],
  async run(input) {
    const [team = '', names = ''] = input.positionals;
    const { days = '90' } = input.options;
    if (!/^\d{1,3}$/.test(String(days)))
      throw new WrongUse('souk tokens create: --days takes a whole number from 1 to 366');
    const json = { team, mfes: names.split(','), days: Number(days) };
    const made = await asStaff(input, async (request) => {
      return (await (await request('/registry/tokens', { json })).json()) as Token & { readonly token: string };
    });
    input.output.note(`token ${made.id} of ${made.team} for ${made.mfes.join(', ')}, good until ${made.expiresAt}:`);
    input.output.result(
      () => made.token,
      () => made,
    );
    return 0;
  },
};

/** `souk tokens list` */
const listCommand: Command = {
  name: 'tokens list',
  summary: 'Lists the deploy tokens, the newest first',
  positionals: [],
  options: shopOptions,
  async run(input) {
    const { tokens } = await asStaff(input, async (request) => {
      return (await (await request('/registry/tokens')).json()) as { readonly tokens: readonly Token[] };
    });
    input.output.result(
      () =>
        tokens.length === 0
          ? 'there are none; make one with: souk tokens create TEAM MFE'
          : tokens.map(describe).join('\n'),
      () => tokens,
    );
    return 0;
  },
};

/** `souk tokens revoke ID` */
const revokeCommand: Command = {
  name: 'tokens revoke',
  summary: 'Makes a deploy token worth nothing, at once',
  positionals: ['ID'],
  options: shopOptions,
  async run(input) {
    const [id = ''] = input.positionals;
    await asStaff(input, (request) => request(`/registry/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' }));
    input.output.result(
      () => `${id} is worth nothing any more`,
      () => ({ id, revoked: true }),
    );
    return 0;
  },
};

/** `souk tokens create|list|revoke` */
export const tokensCommands: readonly Command[] = [createCommand, listCommand, revokeCommand];

function describe({ id, team, mfes, expiresAt, revokedAt }: Token): string {
  const state = revokedAt === undefined ? `good until ${expiresAt}` : `revoked ${revokedAt}`;
  return [id, team, mfes.join(','), state].join('  ');
}
