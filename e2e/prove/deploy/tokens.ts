import { randomBytes } from 'node:crypto';
import type { Shop } from '../../support/shop.ts';
import { expiredToken } from './expired-token.ts';
import type { Look } from './look.ts';
import type { Staff } from './staff.ts';
import { pack } from './team.ts';
import type { Team } from './team.ts';

export interface TokensOptions {
  readonly shop: Shop;
  readonly staff: Staff;
  readonly team: Team;
  readonly dataDir: string;
  readonly look: Look;
}

/** Nobody deploys with a token that is not theirs, not good, or none; and each try is kept. */
export async function lookAtTokens({ shop, staff, team, dataDir, look }: TokensOptions): Promise<void> {
  const build = await pack(team.dist);
  const version = team.version();
  const foreign = await staff.token('team-chat', ['chat']);
  const revoked = await staff.token('team-cart', ['cart']);
  await staff.ask(`/registry/tokens/${revoked.id}`, { method: 'DELETE' });
  const cases: readonly (readonly [what: string, token: string | undefined, status: number])[] = [
    ['the token of another team', foreign.token, 403],
    ['an expired token', await expiredToken(shop, dataDir), 401],
    ['a revoked token', revoked.token, 401],
    ['a forged token', `souk_${'A'.repeat(12)}_${randomBytes(32).toString('base64url')}`, 401],
    ['a token whose secret was changed', `${foreign.token.slice(0, -3)}AAA`, 401],
    ['no token', undefined, 401],
  ];
  for (const [what, token, status] of cases) {
    await look(`${what} is refused, at each door, and kept in the log`, async () => {
      const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const put = await fetch(`${shop.url}/registry/mfe/cart/${version}`, {
        ...{ method: 'PUT', body: build },
        headers: { ...headers, 'content-type': 'application/gzip' },
      });
      const acts = await Promise.all(
        ['canary', 'promote', 'rollback', 'block'].map((act) =>
          fetch(`${shop.url}/registry/mfe/cart/${act}`, {
            ...{ method: 'POST', body: JSON.stringify({ version, percent: 50, reason: 'no' }) },
            headers: { ...headers, 'content-type': 'application/json' },
          }),
        ),
      );
      const statuses = [put, ...acts].map((answer) => answer.status);
      if (statuses.some((each) => each !== status)) throw new Error(`statuses ${statuses.join(', ')}`);
      const code = ((await put.json()) as { code: string }).code;
      const kept = (await staff.history('cart')).filter(
        ({ what: kind, data }) => kind === 'refused' && data['code'] === code,
      );
      if (kept.length === 0) throw new Error(`no refusal with the code ${code} is in the history`);
      return `${status} ${code}`;
    });
  }
}
